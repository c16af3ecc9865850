import { comparing } from "../../src/compare/compare.ts";
import type { Comparison, Side } from "../../src/compare/comparison.ts";
import { comparingFiles, type FileChange } from "../../src/compare/files.ts";
import type { Filesystem } from "../../src/image/filesystem/filesystem.ts";
import { merging, type Readings } from "../../src/image/filesystem/merge.ts";
import type { ForEach } from "../../src/image/for-each.ts";
import { atOnce } from "../../src/image/work.ts";

// Work of the product that takes turns there, and that tests do in one go.

export function mergeImages<Images extends readonly Readings[]>(images: Images): ForEach<Images, Filesystem> {
  return atOnce(merging(images));
}

export function compare(head: Side, base: Side): Comparison {
  return atOnce(comparing(head, base));
}

export function fileChanges(head: Filesystem, base: Filesystem): readonly FileChange[] {
  return atOnce(comparingFiles(head, base));
}
