import type { PathChange } from "../../compare/comparison.ts";
import type { Subject } from "../../policy/finding.ts";

/** A file whose size changed. Sizes are bytes in the final filesystem. */
export type FileRow = Pick<PathChange, "path" | "head" | "base" | "difference" | "line">;

/** The files that changed most, and how many changed in all. */
export interface FileList {
  readonly title: string;
  readonly rows: readonly FileRow[];
  readonly count: number;
}

/** Lists the files that grew and those that shrank. Empty lists are left out, as are both without a base. */
export function fileLists({ comparison }: Subject): readonly FileList[] {
  if (comparison === null) return [];
  const { grownFiles, shrunkFiles, fileCounts } = comparison;
  // These lines are of the base's Dockerfile, which readers do not have in front of them.
  const shrunk = shrunkFiles.map((file) => ({ ...file, line: null }));
  return [
    { title: "Files that grew", rows: grownFiles, count: fileCounts.grown },
    { title: "Files that shrank", rows: shrunk, count: fileCounts.shrunk },
  ].filter(({ count }) => count > 0);
}
