import type { BytePath } from "../image/layer-reading.ts";
import type { Side } from "./compare.ts";

/** A file's bytes in the final filesystem, and the index of the layer that holds it. */
interface SizedFile {
  readonly size: number;
  readonly layer: number;
}

export type FileSizes = ReadonlyMap<BytePath, SizedFile>;

/** One file that is not as large on both sides. */
export interface FileChange {
  readonly path: BytePath;
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers; null where the head has no such file */
  readonly layer: number | null;
}

/** Regular files of the final filesystem by path; an inode counts once, under the first of its names. */
export function fileSizes({ filesystem }: Side): FileSizes {
  const sizes = new Map<BytePath, SizedFile>();
  const seen = new Set<number>();
  for (const { path, entry, layer, inode } of filesystem.nodes.values()) {
    if (entry.type !== "file" || seen.has(inode)) continue;
    seen.add(inode);
    sizes.set(path, { size: entry.size, layer });
  }
  return sizes;
}

/** Every file of either side that is not as large on the other, those that are gone included. */
export function fileChanges(head: FileSizes, base: FileSizes): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, { size, layer }] of head) {
    const before = base.get(path)?.size ?? null;
    if (size === before) continue;
    changes.push({ path, head: size, base: before, difference: size - (before ?? 0), layer });
  }
  for (const [path, { size }] of base) {
    if (!head.has(path)) changes.push({ path, head: null, base: size, difference: -size, layer: null });
  }
  return changes;
}

/** Largest growth first; equal ones by path, so that the same images give the same report. */
export function byGrowth(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}
