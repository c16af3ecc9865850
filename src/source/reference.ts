import { Failure } from "../failure.ts";

/** Where an image is to be had, by the way that it is named. */
export type ImageReference =
  /** a path on disk, told by its content: a directory with an OCI image layout, or an archive */
  | { readonly kind: "path"; readonly path: string }
  /**
   * a directory with an OCI image layout, an OCI image layout as a tar, or what `docker save` writes. The path may end in a colon and the
   * name of one of the images there, which `places` finds; where `name` is given it does not.
   */
  | {
      readonly kind: "oci-dir" | "oci-archive" | "docker-archive";
      readonly path: string;
      readonly name?: string;
    }
  /** an archive that comes by standard input, and which of its images */
  | { readonly kind: "stdin"; readonly path: "-"; readonly name: string | null }
  /** an image of the engine */
  | { readonly kind: "engine"; readonly name: string }
  /** an image that the engine has to pull */
  | { readonly kind: "registry"; readonly name: string };

/** A reference to something that is read here, and not by the engine. */
export type FileReference = Extract<ImageReference, { readonly path: string }>;

/** A path on disk, and which of the images there; null: the only one. */
export interface Place {
  readonly path: string;
  readonly name: string | null;
}

/**
 * Parses the name of an image. What starts with `/`, `./` or `../` is a path (in Windows' spellings, too), a scheme says it outright, as
 * in syft and skopeo, `-` is an archive by standard input, and everything else is an image of the engine: so a directory that a pull
 * request adds never stands for an image.
 *
 * `docker:` and `registry:` are schemes always: Docker's own image with the tag 27 is `docker:docker:27`, and the image
 * registry with the tag 2 is `docker:registry:2`.
 * @throws Failure input-invalid where nothing follows a scheme
 */
export function parseImageReference(text: string): ImageReference {
  if (text === "-" || standardInputs.has(text)) return { kind: "stdin", path: "-", name: null };
  if (/^(?:\/|\.{1,2}(?:[/\\]|$)|[A-Za-z]:[/\\])/.test(text)) return { kind: "path", path: text };
  const [scheme, rest] = splitScheme(text);
  switch (scheme) {
    case "oci-dir":
      return { kind: scheme, path: some(rest, text) };
    case "oci-archive":
    case "docker-archive":
      return archiveAt(scheme, some(rest, text));
    case "docker":
      return { kind: "engine", name: some(rest, text) };
    case "registry":
      return { kind: "registry", name: some(rest, text) };
    default:
      return { kind: "engine", name: some(text, text) };
  }
}

/** As a person writes it, for messages. */
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
 * What a path with a scheme may mean, the longest path first: all of it is one, or what follows a colon is the name of an image, as it is
 * to skopeo. Names of files may have colons as well, so that only the disk can tell. `C:` is a drive of Windows'.
 */
export function places(text: string): readonly Place[] {
  const cuts = [...text.matchAll(/:/g)].map(({ index }) => index).reverse();
  const named = cuts
    .map((cut) => ({ path: text.slice(0, cut), name: text.slice(cut + 1) }))
    .filter(({ path, name }) => path !== "" && imageName.test(name));
  return [{ path: text, name: null }, ...named];
}

/** As in image-spec annotations.md, `org.opencontainers.image.ref.name`, or the place in a list, as in skopeo. */
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

function some(part: string, whole: string): string {
  if (part.trim() !== "") return part;
  throw new Failure(
    "input-invalid",
    `${JSON.stringify(whole)} names no image; write a name such as app:latest, or a path.`,
  );
}
