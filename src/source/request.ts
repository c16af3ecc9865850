import type { Engine } from "../docker/engine/engine.ts";
import type { EngineImage } from "../docker/engine/image.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { Failure } from "../failure.ts";
import type { Image } from "../image/image.ts";
import type { ReadOptions } from "../image/readings/read-options.ts";
import type { Digest } from "../oci/digest.ts";
import type { ImageReference } from "./reference.ts";

/** One image to read. */
export interface ImageRequest {
  readonly reference: ImageReference;
  /** os/arch[/variant]; null for the only one, or this machine's */
  readonly platform: string | null;
  /** the config that the builder reported; a different one is an error and never audited in its place */
  readonly configDigest: Digest | null;
  /** whether this run built it: only then are known layers trusted, since nobody else wrote its digests */
  readonly isBuilt: boolean;
  /** its side, if there are two */
  readonly side?: "head" | "base" | undefined;
  /** the engine's data about it, if already queried */
  readonly found?: EngineImage | undefined;
}

/** How images are read, whatever their route. */
export interface SourceOptions extends ReadOptions {
  /** forces the route of the engine's images; default: the cheapest */
  readonly route?: "push" | "save" | undefined;
  /** names what this run makes in the engine */
  readonly run?: RunId | undefined;
  /** receives which route images take, and why */
  readonly remark?: ((line: string) => void) | undefined;
  /** called only if an image is the engine's */
  readonly engine: () => Promise<Engine>;
}

export function isUnread(image: ImageRequest | Image): image is ImageRequest {
  return "reference" in image;
}

/**
 * Checks that an image that was read is the one that was built.
 * @param configDigest digest of the built image's config; null if it was not built here, or its builder did
 * not report it
 */
export function verifyBuilt(image: Image | undefined, configDigest: Digest | null): Image {
  if (image === undefined) throw new Error("a requested image was not read");
  if (configDigest !== null && configDigest !== image.configDigest) {
    throw new Failure(
      "digest-mismatch",
      `The image that was read (${image.configDigest}) is not the one that was built (${configDigest}): something replaced it. Run again.`,
    );
  }
  return image;
}
