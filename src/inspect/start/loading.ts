import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { BytePath } from "../../image/path.ts";
import type { StartLink, StartProblem } from "./start.ts";

/** An ELF program to execute, and what the kernel and the dynamic loader know besides its file. */
export interface LoadRequest {
  readonly filesystem: Filesystem;
  /** the program's file, links followed */
  readonly program: FilesystemNode;
  /** `NAME=value`, as bytes; only the loader's own variables matter */
  readonly env: readonly string[];
  /** absolute */
  readonly directory: BytePath;
  /** AT_SECURE: setuid, setgid or file capabilities give it more rights than its caller has */
  readonly isSecure: boolean;
  /** the account that it runs as; null if it may open everything, as root may */
  readonly user: Credentials | null;
  /** whether the engine executes it: permissions do not apply to that, see `Reach` */
  readonly isStartedByEngine: boolean;
}

export interface Credentials {
  readonly uid: number;
  /** the main and all other groups */
  readonly gids: ReadonlySet<number>;
}

/** The outcome of loading libraries. Sentences are for people. */
export interface Loading {
  /** the loader, then each library, in the order in which they are opened */
  readonly links: readonly StartLink[];
  readonly problems: readonly StartProblem[];
  /** what could not be decided: if there is one, the start is not proven */
  readonly unknown: readonly string[];
  /** what was not checked, without a sign of a problem */
  readonly unproven: readonly string[];
  /** what the loader would warn of */
  readonly hints: readonly string[];
}
