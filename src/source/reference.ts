import { Failure } from "../failure.ts";

/** Where an image is, as its name says. */
export type ImageReference =
  /** a path on disk: a directory with an OCI image layout, or an archive, as its content shows */
  | { readonly kind: "path"; readonly path: string }
  /**
   * a directory with an OCI image layout, an OCI image layout as a tar, or what `docker save` writes. The
   * path may end in a colon and the name of one of the images there, which `places` finds. If `name` is
   * given, it does not.
   */
  | {
      readonly kind: "oci-dir" | "oci-archive" | "docker-archive";
      readonly path: string;
      readonly name?: string;
    }
  /** an archive on standard input, and which of its images */
  | { readonly kind: "stdin"; readonly path: "-"; readonly name: string | null }
  /** an image of the engine */
  | { readonly kind: "engine"; readonly name: string }
  /** an image that the engine has to pull */
  | { readonly kind: "registry"; readonly name: string };

/** A reference that is read here, and not by the engine. */
export type FileReference = Extract<ImageReference, { readonly path: string }>;

/** A path on disk, and which of the images there; null for the only one. */
export interface Place {
  readonly path: string;
  readonly name: string | null;
}

/**
 * Parses the name of an image. A text that starts with `/`, `./` or `../` is a path, also as Windows spells
 * it. A scheme works as in syft and skopeo. `-` is an archive on standard input. Everything else is an image
 * of the engine, so a directory that a pull request adds never stands for an image.
 *
 * `docker:` and `registry:` are always schemes: Docker's own image with the tag 27 is `docker:docker:27`, and
 * the image registry with the tag 2 is `docker:registry:2`.
 * @throws Failure input-invalid if nothing follows a scheme
 */
export function parseImageReference(text: string): ImageReference {
  if (text === "-" || standardInputs.has(text)) return { kind: "stdin", path: "-", name: null };
  if (/^(?:\/|\.{1,2}(?:[/\\]|$)|[A-Za-z]:[/\\])/.test(text)) return { kind: "path", path: text };
  const [scheme, rest] = splitScheme(text);
  switch (scheme) {
    case "oci-dir":
      return { kind: scheme, path: notEmpty(rest, text) };
    case "oci-archive":
    case "docker-archive":
      return archiveAt(scheme, notEmpty(rest, text));
    case "docker":
      return { kind: "engine", name: notEmpty(rest, text) };
    case "registry":
      return { kind: "registry", name: notEmpty(rest, text) };
    default:
      return { kind: "engine", name: notEmpty(text, text) };
  }
}

/** Returns a reference as a person writes it, for messages. */
export function written(reference: ImageReference): string {
  switch (reference.kind) {
    case "stdin":
      return "Standard input";
    case "path":
      return reference.path;
    case "engine":
    case "registry":
      return reference.name;
    default:
      return `${reference.kind}:${reference.path}`;
  }
}

/**
 * Returns what a path with a scheme may mean, the longest path first: the whole text is a path, or the name
 * of an image follows a colon, as in skopeo. File names may also contain colons, so only the disk can decide.
 * `C:` is a Windows drive.
 */
export function places(text: string): readonly Place[] {
  const cuts = [...text.matchAll(/:/g)].map(({ index }) => index).reverse();
  const named = cuts
    .map((cut) => ({ path: text.slice(0, cut), name: text.slice(cut + 1) }))
    .filter(({ path, name }) => path !== "" && imageName.test(name));
  return [{ path: text, name: null }, ...named];
}

/** Image-spec annotations.md, `org.opencontainers.image.ref.name`, or an index such as `@0`, as in skopeo. */
const imageName = /^(?:@\d{1,6}|[A-Za-z0-9_]+(?:[-._:@+/]+[A-Za-z0-9_]+)*)$/;

const standardInputs: ReadonlySet<string> = new Set(["/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"]);

function archiveAt(kind: "oci-archive" | "docker-archive", path: string): ImageReference {
  for (const place of places(path)) {
    if (place.path === "-" || standardInputs.has(place.path))
      return { kind: "stdin", path: "-", name: place.name };
  }
  return { kind, path };
}

function splitScheme(text: string): readonly [scheme: string, rest: string] {
  const colon = text.indexOf(":");
  return colon < 0 ? ["", text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function notEmpty(part: string, whole: string): string {
  if (part.trim() !== "") return part;
  throw new Failure(
    "input-invalid",
    `${JSON.stringify(whole)} names no image; write a name such as app:latest, or a path.`,
  );
}
