/** What a media type says of a blob: those of OCI's image-spec (media-types.md) and Docker's of schema 2. */
export type BlobKind = "index" | "manifest" | "config" | "layer" | "unknown";

/** How a layer is stored; null for what is no layer of a kind that we know. */
export type LayerFormat = "tar" | "gzip" | "zstd" | "erofs";

interface MediaType {
  readonly kind: BlobKind;
  readonly format?: LayerFormat;
  /** kept off registries by licence: the blob may be missing (image-spec layer.md, "Non-Distributable Layers") */
  readonly isForeign?: boolean;
}

const mediaTypes: ReadonlyMap<string, MediaType> = new Map<string, MediaType>([
  ["application/vnd.oci.image.index.v1+json", { kind: "index" }],
  ["application/vnd.docker.distribution.manifest.list.v2+json", { kind: "index" }],
  ["application/vnd.oci.image.manifest.v1+json", { kind: "manifest" }],
  ["application/vnd.docker.distribution.manifest.v2+json", { kind: "manifest" }],
  ["application/vnd.oci.image.config.v1+json", { kind: "config" }],
  ["application/vnd.docker.container.image.v1+json", { kind: "config" }],
  ["application/vnd.oci.image.layer.v1.tar", { kind: "layer", format: "tar" }],
  ["application/vnd.oci.image.layer.v1.tar+gzip", { kind: "layer", format: "gzip" }],
  ["application/vnd.oci.image.layer.v1.tar+zstd", { kind: "layer", format: "zstd" }],
  ["application/vnd.docker.image.rootfs.diff.tar", { kind: "layer", format: "tar" }],
  ["application/vnd.docker.image.rootfs.diff.tar.gzip", { kind: "layer", format: "gzip" }],
  ["application/vnd.docker.image.rootfs.diff.tar.zstd", { kind: "layer", format: "zstd" }],
  [
    "application/vnd.oci.image.layer.nondistributable.v1.tar",
    { kind: "layer", format: "tar", isForeign: true },
  ],
  [
    "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip",
    { kind: "layer", format: "gzip", isForeign: true },
  ],
  [
    "application/vnd.oci.image.layer.nondistributable.v1.tar+zstd",
    { kind: "layer", format: "zstd", isForeign: true },
  ],
  ["application/vnd.docker.image.rootfs.foreign.diff.tar", { kind: "layer", format: "tar", isForeign: true }],
  [
    "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip",
    { kind: "layer", format: "gzip", isForeign: true },
  ],
]);

/** Schema 1, which nothing has written for years. */
export function isSchema1(mediaType: string): boolean {
  return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+");
}

/**
 * Whether what a manifest names as its config is an image's. Old registries and builders gave it other types, and Docker takes it
 * for an image all the same (moby/moby, distribution/registry.go, ImageTypes).
 */
export function isImageConfig(mediaType: string): boolean {
  return kindOf(mediaType) === "config" || oldConfigTypes.has(mediaType);
}

const oldConfigTypes: ReadonlySet<string> = new Set([
  "",
  "application/octet-stream",
  "application/json",
  "text/html",
]);

export function kindOf(mediaType: string): BlobKind {
  return mediaTypes.get(mediaType)?.kind ?? "unknown";
}

export function layerFormatOf(mediaType: string): LayerFormat | null {
  // Still experimental, and so under several names.
  if (mediaType.startsWith("application/vnd.erofs")) return "erofs";
  return mediaTypes.get(mediaType)?.format ?? null;
}

export function isForeignLayer(mediaType: string): boolean {
  return mediaTypes.get(mediaType)?.isForeign ?? false;
}
