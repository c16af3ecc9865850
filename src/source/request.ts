import type { Engine } from "../docker/engine/engine.ts";
import type { EngineImage } from "../docker/engine/image.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { Failure } from "../failure.ts";
import type { Image } from "../image/image.ts";
import type { Examine } from "../image/layer/content.ts";
import type { ReadingStore } from "../image/readings/reading-store.ts";
import type { Digest } from "../oci/digest.ts";
import type { ImageReference } from "./reference.ts";

/** One image that is to be read. */
export interface Wanted {
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

export interface Reading {
  readonly examine: Examine;
  /** readings made so far, so that no layer is read twice */
  readonly store: ReadingStore;
  /** whether a limit is on the pull size, so that it has to be known, or at least estimated */
  readonly needsPullSize?: boolean | undefined;
  /** forces the way that the engine's images come by; unless given, the cheapest */
  readonly route?: "push" | "save" | undefined;
  /** names what this run makes in the engine */
  readonly run?: RunId | undefined;
  /** told which way images came by, and why */
  readonly remark?: ((line: string) => void) | undefined;
  /** asked for only when an image is the engine's */
  readonly engine: () => Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
}

export function isUnread(image: Wanted | Image): image is Wanted {
  return "reference" in image;
}

/** @param configDigest of the image that was built; null: it was not built here, or its builder did not say */
export function ofBuild(image: Image | undefined, configDigest: Digest | null): Image {
  if (image === undefined) throw new Error("an image was asked for and not read");
  if (configDigest !== null && configDigest !== image.configDigest) {
    throw new Failure(
      "digest-mismatch",
      `The image that was read (${image.configDigest}) is not the one that was built (${configDigest}): something replaced it in between. Run again.`,
    );
  }
  return image;
}
