import { Failure } from "../failure.ts";
import type { Digest } from "../oci/digest.ts";
import type { ImageConfig } from "./documents/config.ts";
import type { LayerReading } from "./layer/reading.ts";

/** A layer of an image: the reading of its content, and its blob where the route can know it. */
export interface ImageLayer {
  readonly reading: LayerReading;
  /**
   * The blob as a registry would serve it: its digest, and its size in bytes. Null where the source holds
   * only unpacked layers (a graph driver's `docker save`), so that the compressed form is unknown.
   */
  readonly blob: { readonly digest: Digest; readonly size: number } | null;
}

/** One image for one platform, read by any route. Every digest and diff ID has been verified. */
export interface Image {
  /** digest of the image manifest; null where the source has no manifest that a registry would serve */
  readonly digest: Digest | null;
  /** digest of the config blob, also known as the image ID */
  readonly configDigest: Digest;
  /** bytes of manifest and config as stored, which are part of the pull size; null where digest is null */
  readonly metadataSize: number | null;
  /** `os/architecture` or `os/architecture/variant`, as in the config */
  readonly platform: string;
  readonly config: ImageConfig;
  /** lowest first */
  readonly layers: readonly ImageLayer[];
}

/** Returns the readings of the image's layers, lowest first. */
export function readingsOf({ layers }: Image): readonly LayerReading[] {
  return layers.map(({ reading }) => reading);
}

/**
 * Assembles an image from parts whose own digests are verified, and checks that they belong together.
 * @throws Failure digest-mismatch where a layer is not the one that the config lists, image-invalid where
 * their numbers differ, layer-unsupported for Windows
 */
export function assembleImage(parts: Omit<Image, "platform">): Image {
  const { config, layers } = parts;
  if (config.os === "windows") {
    throw new Failure("layer-unsupported", "This is a Windows image. Only Linux images can be audited.");
  }
  if (config.diffIds.length !== layers.length) {
    throw new Failure(
      "image-invalid",
      `The image's config lists ${config.diffIds.length} layers, but its manifest lists ${layers.length}. Build the image again.`,
    );
  }
  layers.forEach(({ reading }, index) => {
    if (reading.diffId !== config.diffIds[index]) {
      throw new Failure(
        "digest-mismatch",
        `Layer ${index + 1} of the image has the diff ID ${reading.diffId}, but the config lists ${config.diffIds[index]}. Build or pull the image again.`,
      );
    }
  });
  const platform = [config.os, config.architecture, config.variant].filter((part) => part !== null).join("/");
  return { ...parts, platform };
}
