import { Failure } from "../failure.ts";

/** Where an image is to be had, by the way that it is named. */
export type ImageReference =
  /** a path on disk, told by its content: a directory with an OCI image layout, or an archive */
  | { readonly kind: "path"; readonly path: string }
  /** a directory with an OCI image layout, and which of its images */
  | { readonly kind: "oci-dir"; readonly path: string; readonly tag: string | null }
  /** an OCI image layout as a tar */
  | { readonly kind: "oci-archive"; readonly path: string }
  /** what `docker save` writes */
  | { readonly kind: "docker-archive"; readonly path: string }
  /** an image of the engine */
  | { readonly kind: "engine"; readonly name: string }
  /** an image that the engine has to pull */
  | { readonly kind: "registry"; readonly name: string };

/**
 * Parses the name of an image. What starts with `/`, `./` or `../` is a path, a scheme says it outright, as in syft, and
 * everything else is an image of the engine: so a directory that a pull request adds never stands for an image.
 *
 * `docker:` and `registry:` are schemes always: Docker's own image with the tag 27 is `docker:docker:27`, and the image
 * registry with the tag 2 is `docker:registry:2`. After `oci-dir:` what follows the last colon is a tag, where it can be one
 * and no slash follows; a directory with such a colon in its name is written with a slash at its end.
 * @throws Failure input-invalid where nothing follows a scheme
 */
export function parseImageReference(text: string): ImageReference {
  if (/^(?:\/|\.{1,2}\/)/.test(text)) return { kind: "path", path: text };
  const [scheme, rest] = splitScheme(text);
  switch (scheme) {
    case "oci-dir":
      return { kind: scheme, ...splitTag(some(rest, text)) };
    case "oci-archive":
    case "docker-archive":
      return { kind: scheme, path: some(rest, text) };
    case "docker":
      return { kind: "engine", name: some(rest, text) };
    case "registry":
      return { kind: "registry", name: some(rest, text) };
    default:
      return { kind: "engine", name: some(text, text) };
  }
}

function splitScheme(text: string): readonly [scheme: string, rest: string] {
  const colon = text.indexOf(":");
  return colon < 0 ? ["", text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function splitTag(text: string): { readonly path: string; readonly tag: string | null } {
  const [, path, tag] = /^(.+):([A-Za-z0-9_][A-Za-z0-9._-]{0,127})$/s.exec(text) ?? [];
  return path === undefined || tag === undefined ? { path: text, tag: null } : { path, tag };
}

function some(part: string, whole: string): string {
  if (part.trim() !== "") return part;
  throw new Failure(
    "input-invalid",
    `${JSON.stringify(whole)} names no image; write a name such as app:latest, or a path.`,
  );
}
