import { Failure, type FailureCode } from "../../failure.ts";
import type { Descriptor } from "./manifest.ts";
import { isForeignLayer, layerFormatOf } from "./media-type.ts";

/** Refuses a layer that its media type says cannot be read here. @throws Failure layer-unsupported */
export function checkLayerType(layer: Descriptor): void {
  const { mediaType } = layer;
  if (mediaType.endsWith("+encrypted")) throw encrypted(layer);
  if (layerFormatOf(mediaType) === "erofs") throw unsupported(layer);
}

/**
 * What a layer's failure is, in view of its media type: one of a type that we do not know is no damaged tar, and one that licences
 * keep off registries (image-spec layer.md, "Non-Distributable Layers") is not lost.
 */
export function failureOfLayer(layer: Descriptor, error: unknown): unknown {
  if (!(error instanceof Failure)) return error;
  const isUnknown = layer.mediaType !== "" && layerFormatOf(layer.mediaType) === null;
  if (isUnknown && ofFormat.has(error.code)) return unsupported(layer);
  return error.code === "blob-missing" && isForeignLayer(layer.mediaType) ? unsupported(layer) : error;
}

const ofFormat: ReadonlySet<FailureCode> = new Set(["archive-invalid", "archive-truncated", "image-invalid"]);

function encrypted({ digest }: Descriptor): Failure {
  return new Failure(
    "layer-unsupported",
    `The layer ${digest} is encrypted: decrypt the image first, as skopeo copy --decryption-key does.`,
  );
}

function unsupported({ mediaType, digest }: Descriptor): Failure {
  return new Failure(
    "layer-unsupported",
    `The layer ${digest} is of the type ${JSON.stringify(mediaType)}, which cannot be read here.`,
  );
}
