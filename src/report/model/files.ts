import type { PathChange } from "../../compare/comparison.ts";
import type { Subject } from "../../policy/finding.ts";

/** A file that is not as large as before; sizes are bytes in the final filesystem. */
export type FileRow = Pick<PathChange, "path" | "head" | "base" | "difference" | "line">;

/** Those that changed most, and how many changed in all. */
export interface FileList {
  readonly title: string;
  readonly rows: readonly FileRow[];
  readonly count: number;
}

/** The files that grew and those that shrank; lists that would be empty are left out. Without a base there are none. */
export function fileLists({ comparison }: Subject): readonly FileList[] {
  if (comparison === null) return [];
  const { grownFiles, shrunkFiles, fileCounts } = comparison;
  // Lines of the base's Dockerfile are not those that readers see.
  const shrunk = shrunkFiles.map((file) => ({ ...file, line: null }));
  return [
    { title: "Files that grew", rows: grownFiles, count: fileCounts.grown },
    { title: "Files that shrank", rows: shrunk, count: fileCounts.shrunk },
  ].filter(({ count }) => count > 0);
}
