import { Failure } from "../../failure.ts";
import { familiarName, formatReference, parseReference } from "../../oci/reference.ts";
import { quote } from "../parse/refuse.ts";

/** Returns what `--build-context` replaces a stage or an image with. Null if it replaces nothing. */
export type NamedContext = (name: string) => string | null;

/**
 * Returns a lookup in the named contexts.
 * @param contexts as passed to docker buildx build: a name or an image reference, and its replacement
 * @throws Failure `input-invalid` for a name that buildx refuses
 */
export function namedContexts(contexts: ReadonlyMap<string, string>): NamedContext {
  const byName = new Map<string, string>();
  for (const [written, value] of contexts) {
    const name = contextName(written);
    if (name === null) {
      throw new Failure(
        "input-invalid",
        `${quote(written)} cannot name a build context. Use a stage's name or an image reference.`,
      );
    }
    byName.set(name, value);
  }
  return (written) => {
    // These two cannot be replaced, in upper or lower case.
    if (["scratch", "context"].includes(written.toLowerCase())) return null;
    const name = contextName(written);
    return name === null ? null : (byName.get(name) ?? null);
  };
}

/** Returns the name that BuildKit looks up: golang for golang, golang:latest and docker.io/library/golang. */
export function contextName(written: string): string | null {
  const reference = parseReference(written);
  return reference === null ? null : familiarName(reference);
}

/**
 * Returns the normalised reference of a named context that is an image. The image is null for anything else,
 * such as a directory or a Git repository. The result is null if the reference is invalid.
 */
export function contextImage(value: string): { readonly image: string | null } | null {
  const prefix = "docker-image://";
  if (!value.startsWith(prefix)) return { image: null };
  const written = value.slice(prefix.length);
  if (written === "scratch") return { image: "scratch" };
  const reference = parseReference(written);
  return reference === null ? null : { image: formatReference(reference) };
}

/** Reports whether buildx takes a value for a remote context, an image or a layout, and not for a path. */
export function isRemoteContext(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) || value.startsWith("git@");
}
