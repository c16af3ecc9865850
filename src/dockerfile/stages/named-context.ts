import { Failure } from "../../failure.ts";
import { familiarName, formatReference, parseReference } from "../../oci/reference.ts";
import { quote } from "../parse/refuse.ts";

/** Finds what `--build-context` replaces a stage or an image by; null where nothing does. */
export type NamedContext = (name: string) => string | null;

/**
 * @param contexts as given to docker buildx build: a name or an image reference, and what stands in for it
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
    // these two cannot be replaced, in whatever case they are written
    if (["scratch", "context"].includes(written.toLowerCase())) return null;
    const name = contextName(written);
    return name === null ? null : (byName.get(name) ?? null);
  };
}

/** The name that BuildKit looks for: golang for golang, golang:latest and docker.io/library/golang. */
export function contextName(written: string): string | null {
  const reference = parseReference(written);
  return reference === null ? null : familiarName(reference);
}

/**
 * What a named context is: an image by its normalised reference, everything else (a directory, a Git repository) as
 * given. Null where the reference is invalid.
 */
export function contextImage(value: string): { readonly image: string | null } | null {
  const prefix = "docker-image://";
  if (!value.startsWith(prefix)) return { image: null };
  const written = value.slice(prefix.length);
  if (written === "scratch") return { image: "scratch" };
  const reference = parseReference(written);
  return reference === null ? null : { image: formatReference(reference) };
}
