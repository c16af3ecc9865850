import type { Engine } from "../docker/engine/engine.ts";
import type { EngineImage } from "../docker/engine/image.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { Failure } from "../failure.ts";
import type { Image } from "../image/image.ts";
import type { ReadOptions } from "../image/readings/read-options.ts";
import type { Digest } from "../oci/digest.ts";
import type { ImageReference } from "./reference.ts";

/** One image that is to be read. */
export interface ImageRequest {
  readonly reference: ImageReference;
  /** os/arch[/variant]; null = the only one, or this machine's */
  readonly platform: string | null;
  /** the config that the builder said it made; another one is an error, never audited in its place */
  readonly configDigest: Digest | null;
  /** whether this run built it, so that no one else has put bytes under its digests: what is known is not read again */
  readonly isBuilt: boolean;
  /** of which side it is, where there are two */
  readonly side?: "head" | "base" | undefined;
  /** what the engine says of it, where it was asked before */
  readonly found?: EngineImage | undefined;
}

/** How images are read, whichever route their bytes come by. */
export interface SourceOptions extends ReadOptions {
  /** forces the way that the engine's images come by; unless given, the cheapest */
  readonly route?: "push" | "save" | undefined;
  /** names what this run makes in the engine */
  readonly run?: RunId | undefined;
  /** told which way images came by, and why */
  readonly remark?: ((line: string) => void) | undefined;
  /** asked for only when an image is the engine's */
  readonly engine: () => Promise<Engine>;
}

export function isUnread(image: ImageRequest | Image): image is ImageRequest {
  return "reference" in image;
}

/** @param configDigest of the image that was built; null: it was not built here, or its builder did not say */
export function verifyBuilt(image: Image | undefined, configDigest: Digest | null): Image {
  if (image === undefined) throw new Error("an image was asked for and not read");
  if (configDigest !== null && configDigest !== image.configDigest) {
    throw new Failure(
      "digest-mismatch",
      `The image that was read (${image.configDigest}) is not the one that was built (${configDigest}): something replaced it in between. Run again.`,
    );
  }
  return image;
}
