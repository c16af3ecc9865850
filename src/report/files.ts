import type { PathChange } from "../audit/compare.ts";
import type { Subject } from "../audit/judge.ts";

/** A file that grew; sizes are bytes in the final filesystem. */
export type FileRow = Pick<PathChange, "path" | "head" | "base" | "difference" | "line">;

/** The files that grew most. Without a base nothing grew. */
export function fileRows({ comparison }: Subject): readonly FileRow[] {
  return comparison?.grownFiles ?? [];
}
