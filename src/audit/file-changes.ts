import { type Filesystem, filesOnce } from "../image/filesystem.ts";
import type { BytePath } from "../image/layer-reading.ts";

/** One file that is not as large on both sides. */
export interface FileChange {
  readonly path: BytePath;
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers; null where the head has no such file */
  readonly layer: number | null;
}

/**
 * Every file of either side that is not as large on the other, those that are gone included. A file with several names
 * counts once, under the first of them.
 */
export function fileChanges(head: Filesystem, base: Filesystem): readonly FileChange[] {
  const changes: FileChange[] = [];
  const [furtherOfHead, furtherOfBase] = [furtherNames(head), furtherNames(base)];
  for (const { path, entry, layer } of filesOnce(head)) {
    const before = furtherOfBase.has(path) ? null : sizeAt(base, path);
    if (entry.size === before) continue;
    changes.push({ path, head: entry.size, base: before, difference: entry.size - (before ?? 0), layer });
  }
  for (const { path, entry } of filesOnce(base)) {
    if (sizeAt(head, path) !== null && !furtherOfHead.has(path)) continue;
    changes.push({ path, head: null, base: entry.size, difference: -entry.size, layer: null });
  }
  return changes;
}

/** Paths of regular files that are counted under another name. */
function furtherNames({ nodes }: Filesystem): ReadonlySet<BytePath> {
  const further = new Set<BytePath>();
  let position = 0;
  nodes.forEach(({ path, entry, inode }) => {
    if (entry.type === "file" && inode !== position) further.add(path);
    position++;
  });
  return further;
}

function sizeAt({ nodes }: Filesystem, path: BytePath): number | null {
  const entry = nodes.get(path)?.entry;
  return entry?.type === "file" ? entry.size : null;
}

/** Largest growth first; equal ones by path, so that the same images give the same report. */
export function byGrowth(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}
