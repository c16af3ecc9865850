import type { BuildDefinition } from "../docker/build/definition.ts";
import type { Material } from "../docker/build/metadata.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import type { Image } from "../image/image.ts";
import type { MissingBase } from "../policy/finding.ts";

/** One side of an audit: its image, and what is known about how it was made. */
export interface Side<SideImage = Image> {
  readonly image: SideImage;
  readonly definition: BuildDefinition;
  /** the Dockerfile's text; null if it is not available */
  readonly dockerfile: string | null;
  /** images that the build pulled */
  readonly materials: readonly Material[];
  /** whether this run built it, with the inputs' values */
  readonly isBuilt: boolean;
  /** os/arch of the machine that built it; null if this run did not build it */
  readonly buildPlatform: string | null;
  /** the builder's record of the build; null if there is none, or this run did not build the image */
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
