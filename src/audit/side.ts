import type { BuildDefinition } from "../docker/build/definition.ts";
import type { Material } from "../docker/build/metadata.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import type { Image } from "../image/image.ts";
import type { MissingBase } from "../policy/finding.ts";

/** One side of an audit: its image, and what is known about how that was made. */
export interface Side<SideImage = Image> {
  readonly image: SideImage;
  readonly definition: BuildDefinition;
  /** the Dockerfile's text; null where there is none to be had */
  readonly dockerfile: string | null;
  /** images that the build pulled */
  readonly materials: readonly Material[];
  /** whether this run built it, with the values that it was given */
  readonly isBuilt: boolean;
  /** os/arch of the machine that built it; null where this run did not build it */
  readonly buildPlatform: string | null;
  /** what the builder says that it did; null where it does not say, or this run built nothing */
  readonly record: BuildRecord | null;
}

/** Both sides of an audit, or the head and why there is no base. */
export interface Sides<T> {
  readonly head: T;
  readonly base: T | MissingBase;
}

export function isMissing(value: object): value is MissingBase {
  return "reason" in value;
}
