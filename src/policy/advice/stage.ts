import type { Interpreted, Program } from "./what-runs.ts";

/**
 * How to put what an image runs on a base image that holds less. It says all that a Dockerfile needs, and
 * `stage-words.ts` says it to people.
 */
export interface NewStage {
  readonly placement: Placement;
  /** references of base images, any of which will do */
  readonly from: readonly [string, ...string[]];
  readonly runs: Program | Interpreted;
  /** names of libraries to copy into `libraryDirectory`, which the base image lacks */
  readonly libraries: readonly string[];
  readonly libraryDirectory: string;
  /** the language's version in the base image; null if none matters */
  readonly version: string | null;
  readonly packages: PackageStage | null;
  /** what follows FROM and the copied files, in this order */
  readonly writes: readonly string[];
  /** instructions of the image to repeat, since the stage is new */
  readonly repeats: readonly ("ENTRYPOINT" | "CMD" | "USER" | "ENV")[];
  /** instructions of the image that would be in the way */
  readonly removes: readonly ("ENTRYPOINT" | "CMD")[];
  /** accounts and groups that are only names of the old base image, and are now 65532 */
  readonly renamed: readonly string[];
  /** whether RUN lines go to an earlier stage, since nothing runs in the new one */
  readonly movesCommands: boolean;
}

/**
 * Where another base image goes: into a stage to add, since the last one also builds; into the last of several;
 * or into the only one, which runs no command.
 */
export type Placement = "add" | "last" | "only";

/** An earlier stage in which packages are installed again. */
export interface PackageStage {
  /** its base image */
  readonly from: string;
  /** the option that installs them apart, and where they then go; null if they stay with the application */
  readonly target: { readonly install: string; readonly path: string; readonly destination: string } | null;
}
