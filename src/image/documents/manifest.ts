import { Failure } from "../../failure.ts";
import { type Digest, isDigest } from "../../oci/digest.ts";
import { normalisePlatform, type Platform } from "../../oci/platform.ts";
import { limits } from "../limits.ts";
import { field, isObject, type JsonObject, list, malformed, parseJson, text, textMap } from "./json.ts";
import { type BlobKind, kindOf } from "./media-type.ts";

/** A descriptor of a blob (image-spec descriptor.md). Its claims are unverified until the blob is read. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** bytes; 0 if unknown, since no blob is empty */
  readonly size: number;
  readonly annotations: ReadonlyMap<string, string>;
  /** null if absent */
  readonly platform: Platform | null;
}

export interface Manifest {
  readonly config: Descriptor;
  /** lowest first */
  readonly layers: readonly Descriptor[];
  /** null if absent */
  readonly artifactType: string | null;
}

/** Returns what kind of document this is. If its descriptor has no media type, its own fields decide. */
export function kindOfDocument(bytes: Uint8Array, mediaType: string): BlobKind {
  if (mediaType !== "") return kindOf(mediaType);
  const document = parseJson(bytes, "manifest", limits.manifest);
  const own = field(document, "mediaType", "manifest");
  if (typeof own === "string" && own !== "") return kindOf(own);
  if (field(document, "manifests", "manifest") !== undefined) return "index";
  return field(document, "config", "manifest") === undefined ? "unknown" : "manifest";
}

/**
 * Returns the manifests that an index lists, in order. A list that is null is empty, as in Go.
 * @throws Failure image-invalid, limit-exceeded
 */
export function parseIndex(bytes: Uint8Array, mediaType: string | null): readonly Descriptor[] {
  const document = parseDocument(bytes, "index", mediaType);
  const cached = indexes.get(document);
  if (cached !== undefined) return cached;
  const manifests = list(field(document, "manifests", "index") ?? [], "index", "manifests");
  if (manifests.length > limits.indexEntries) {
    throw new Failure(
      "limit-exceeded",
      `The image's index lists over ${limits.indexEntries} manifests. Save or export only this image.`,
    );
  }
  const descriptors = manifests.map((item) => parseDescriptor(item, "index"));
  indexes.set(document, descriptors);
  return descriptors;
}

/** Parses an image manifest. @throws Failure image-invalid, limit-exceeded */
export function parseManifest(bytes: Uint8Array, mediaType: string | null): Manifest {
  const document = parseDocument(bytes, "manifest", mediaType);
  const cached = manifests.get(document);
  if (cached !== undefined) return cached;
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

/** Refuses a blob that is listed with two sizes: it is read, and so verified, only once. */
function checkSizes(descriptors: readonly Descriptor[]): void {
  const sizes = new Map<Digest, number>();
  for (const { digest, size } of descriptors) {
    if ((sizes.get(digest) ?? size) !== size)
      throw malformed("manifest", `lists two sizes for the blob ${digest}`);
    sizes.set(digest, size);
  }
}

// Parsed documents: an index can list the same one a thousand times.
const indexes = new WeakMap<JsonObject, readonly Descriptor[]>();
const manifests = new WeakMap<JsonObject, Manifest>();

/**
 * Parses a document of one kind. Refuses a document that is valid as either kind, because two programs would
 * see two images under one digest (CVE-2021-41190).
 */
function parseDocument(bytes: Uint8Array, kind: "index" | "manifest", mediaType: string | null): JsonObject {
  const document = parseJson(bytes, kind, limits.manifest);
  const has = (name: string) => field(document, name, kind) !== undefined;
  if (has("manifests") && (has("layers") || has("config")))
    throw malformed(kind, "is both an index and a manifest");
  if (has("fsLayers")) throw malformed(kind, "uses Docker's schema 1, which engines no longer read");
  const own = text(field(document, "mediaType", kind) ?? "", kind, "mediaType") || (mediaType ?? "");
  if (mediaType !== null && own !== mediaType)
    throw malformed(kind, "has a media type that differs from its descriptor's");
  if (own !== "" && kindOf(own) !== kind)
    throw malformed(kind, "has the media type of another kind of document");
  return document;
}

function parseDescriptor(value: unknown, what: string): Descriptor {
  if (!isObject(value)) throw malformed(what, "has a descriptor that is not an object");
  const get = (name: string) => field(value, name, what);
  const digest = get("digest");
  // In containers/image, -1 means that the size is unknown.
  const size = get("size") ?? -1;
  if (!isDigest(digest)) throw malformed(what, "has a digest that is not a valid sha256 or sha512 digest");
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
  if (!isObject(value)) throw malformed(what, "has a platform that is not an object");
  const get = (name: string) => text(field(value, name, what) ?? "", what, name);
  const platform = { os: get("os"), architecture: get("architecture"), variant: get("variant") };
  // An incomplete platform is ignored: the image's config has the full one.
  return platform.os === "" || platform.architecture === "" ? null : normalisePlatform(platform);
}
