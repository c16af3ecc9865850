/** The kind of a blob according to its media type: OCI's (image-spec media-types.md) or Docker's schema 2. */
export type BlobKind = "index" | "manifest" | "config" | "layer" | "unknown";

/** The format that a layer is stored in. */
export type LayerFormat = "tar" | "gzip" | "zstd" | "erofs";

interface MediaType {
  readonly kind: BlobKind;
  readonly format?: LayerFormat;
  /**
   * whether its licence keeps the layer off registries, so that the blob may be missing (image-spec layer.md,
   * "Non-Distributable Layers")
   */
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

/** Reports whether a media type is of Docker's schema 1, which nothing has written for years. */
export function isSchema1(mediaType: string): boolean {
  return mediaType.startsWith("application/vnd.docker.distribution.manifest.v1+");
}

/**
 * Reports whether the media type of a manifest's config is that of an image. Old registries and builders used
 * other types, which Docker still accepts (moby/moby, distribution/registry.go, ImageTypes).
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

/** Returns the format of a layer; null for any media type that is not a known layer type. */
export function layerFormatOf(mediaType: string): LayerFormat | null {
  // Still experimental: it has several names.
  if (mediaType.startsWith("application/vnd.erofs")) return "erofs";
  return mediaTypes.get(mediaType)?.format ?? null;
}

export function isForeignLayer(mediaType: string): boolean {
  return mediaTypes.get(mediaType)?.isForeign ?? false;
}
