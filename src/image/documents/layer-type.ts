import { Failure, type FailureCode } from "../../failure.ts";
import type { Descriptor } from "./manifest.ts";
import { isForeignLayer, layerFormatOf } from "./media-type.ts";

/** Refuses a layer whose media type is known to be unreadable here. @throws Failure layer-unsupported */
export function checkLayerType(layer: Descriptor): void {
  const { mediaType } = layer;
  if (mediaType.endsWith("+encrypted")) throw encrypted(layer);
  if (layerFormatOf(mediaType) === "erofs") throw unsupported(layer);
}

/**
 * Explains a layer's failure by its media type, where that is the cause. A layer of an unknown type is not a
 * damaged tar. A layer that its licence keeps off registries (image-spec layer.md, "Non-Distributable
 * Layers") is not lost.
 */
export function failureOfLayer(layer: Descriptor, error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const isUnknown = layer.mediaType !== "" && layerFormatOf(layer.mediaType) === null;
  if (isUnknown && formatFailures.has(error.code)) return unsupported(layer);
  return error.code === "blob-missing" && isForeignLayer(layer.mediaType) ? unsupported(layer) : error;
}

const formatFailures: ReadonlySet<FailureCode> = new Set([
  "archive-invalid",
  "archive-truncated",
  "image-invalid",
]);

function encrypted({ digest }: Descriptor): Failure {
  return new Failure(
    "layer-unsupported",
    `The layer ${digest} is encrypted. Decrypt the image first, for example with skopeo copy --decryption-key.`,
  );
}

function unsupported({ mediaType, digest }: Descriptor): Failure {
  return new Failure(
    "layer-unsupported",
    `The layer ${digest} has the media type ${JSON.stringify(mediaType)}, which Image Audit cannot read.`,
  );
}
