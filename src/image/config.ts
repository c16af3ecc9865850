import type { Digest } from "./digest.ts";

/** The parts of an image config that we use (image-spec config.md); strings are as in the JSON, nothing is trusted. */
export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
  readonly created: string | null;
  readonly user: string | null;
  readonly entrypoint: readonly string[] | null;
  readonly cmd: readonly string[] | null;
  readonly workingDir: string | null;
  /** `NAME=value`; values may be secrets: never shown */
  readonly env: readonly string[];
  readonly labels: ReadonlyMap<string, string>;
  readonly diffIds: readonly Digest[];
  readonly history: readonly HistoryEntry[];
}

export interface HistoryEntry {
  readonly createdBy: string;
  readonly comment: string;
  /** true: the instruction made no layer */
  readonly emptyLayer: boolean;
}
