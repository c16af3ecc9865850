import { Failure } from "../../failure.ts";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { normalisePlatform, type Platform } from "../../oci/platform.ts";
import { limits } from "../limits.ts";
import { field, isObject, type JsonObject, list, malformed, parseJson, text, textMap } from "./json.ts";
import { type BlobKind, kindOf } from "./media-type.ts";

/** What an image's documents say of a blob (image-spec descriptor.md). Claims, until the blob is read. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** bytes; 0 where none is written, since no blob is empty */
  readonly size: number;
  readonly annotations: ReadonlyMap<string, string>;
  /** null where none is written */
  readonly platform: Platform | null;
}

export interface Manifest {
  readonly config: Descriptor;
  /** lowest first */
  readonly layers: readonly Descriptor[];
  /** null where none is written */
  readonly artifactType: string | null;
}

/** Whether a document is an index or a manifest; where its descriptor has no media type, its own fields tell. */
export function kindOfDocument(bytes: Uint8Array, mediaType: string): BlobKind {
  if (mediaType !== "") return kindOf(mediaType);
  const document = parseJson(bytes, "manifest", limits.manifest);
  const own = field(document, "mediaType", "manifest");
  if (typeof own === "string" && own !== "") return kindOf(own);
  if (field(document, "manifests", "manifest") !== undefined) return "index";
  return field(document, "config", "manifest") === undefined ? "unknown" : "manifest";
}

/** The manifests that an index lists, in its order. To Go a list that is null is empty. @throws Failure image-invalid, limit-exceeded */
export function parseIndex(bytes: Uint8Array, mediaType: string | null): readonly Descriptor[] {
  const document = parseDocument(bytes, "index", mediaType);
  const known = indexes.get(document);
  if (known !== undefined) return known;
  const manifests = list(field(document, "manifests", "index") ?? [], "index", "manifests");
  if (manifests.length > limits.indexEntries) {
    throw new Failure(
      "limit-exceeded",
      `The image's index lists over ${limits.indexEntries} manifests; save or export the image alone.`,
    );
  }
  const descriptors = manifests.map((item) => parseDescriptor(item, "index"));
  indexes.set(document, descriptors);
  return descriptors;
}

/** An image manifest. @throws Failure image-invalid, limit-exceeded */
export function parseManifest(bytes: Uint8Array, mediaType: string | null): Manifest {
  const document = parseDocument(bytes, "manifest", mediaType);
  const known = manifests.get(document);
  if (known !== undefined) return known;
  const layers = list(field(document, "layers", "manifest") ?? [], "manifest", "layers");
  if (layers.length > limits.layers) throw malformed("manifest", `lists over ${limits.layers} layers`);
  const manifest = {
    config: parseDescriptor(field(document, "config", "manifest"), "manifest"),
    layers: layers.map((layer) => parseDescriptor(layer, "manifest")),
    artifactType: text(field(document, "artifactType", "manifest") ?? "", "manifest", "artifactType") || null,
  };
  checkSizes([manifest.config, ...manifest.layers]);
  manifests.set(document, manifest);
  return manifest;
}

/** A blob that is listed twice is read once: what is claimed of it the second time has to be the same. */
function checkSizes(descriptors: readonly Descriptor[]): void {
  const sizes = new Map<Digest, number>();
  for (const { digest, size } of descriptors) {
    if ((sizes.get(digest) ?? size) !== size)
      throw malformed("manifest", `says two sizes of the blob ${digest}`);
    sizes.set(digest, size);
  }
}

// What was made of documents: an index can name the same one a thousand times.
const indexes = new WeakMap<JsonObject, readonly Descriptor[]>();
const manifests = new WeakMap<JsonObject, Manifest>();

/**
 * A document that can be read as either kind is refused: two programs would see two images under one digest
 * (CVE-2021-41190).
 */
function parseDocument(bytes: Uint8Array, kind: "index" | "manifest", mediaType: string | null): JsonObject {
  const document = parseJson(bytes, kind, limits.manifest);
  const has = (name: string) => field(document, name, kind) !== undefined;
  if (has("manifests") && (has("layers") || has("config")))
    throw malformed(kind, "is an index and a manifest at once");
  if (has("fsLayers")) throw malformed(kind, "is of Docker's schema 1, which engines no longer read");
  const own = text(field(document, "mediaType", kind) ?? "", kind, "mediaType") || (mediaType ?? "");
  if (mediaType !== null && own !== mediaType)
    throw malformed(kind, "has another media type than its descriptor");
  if (own !== "" && kindOf(own) !== kind) throw malformed(kind, "has a media type that is not its own");
  return document;
}

function parseDescriptor(value: unknown, what: string): Descriptor {
  if (!isObject(value)) throw malformed(what, "has something else where a descriptor should be");
  const get = (name: string) => field(value, name, what);
  const digest = get("digest");
  // To containers/image -1 is a size that is not known.
  const size = get("size") ?? -1;
  if (!isDigest(digest)) throw malformed(what, "has a digest that is neither sha256 nor sha512");
  if (typeof size !== "number" || !Number.isSafeInteger(size) || size < -1)
    throw malformed(what, "has an invalid size");
  return {
    mediaType: text(get("mediaType") ?? "", what, "mediaType"),
    digest,
    size: Math.max(0, size),
    annotations: textMap(get("annotations"), what, "annotations"),
    platform: parseDescribedPlatform(get("platform"), what),
  };
}

function parseDescribedPlatform(value: unknown, what: string): Platform | null {
  if (value === undefined) return null;
  if (!isObject(value)) throw malformed(what, "has a platform that is no object");
  const get = (name: string) => text(field(value, name, what) ?? "", what, name);
  const platform = { os: get("os"), architecture: get("architecture"), variant: get("variant") };
  // Half a platform is none: the image's config has it.
  return platform.os === "" || platform.architecture === "" ? null : normalisePlatform(platform);
}
