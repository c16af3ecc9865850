import { type Filesystem, type FilesystemNode, filesOnce } from "../image/filesystem.ts";
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

/** Regular files of a final filesystem, each under the first of its names. */
export interface Files {
  readonly all: readonly FilesystemNode[];
  /** bytes; null: no file, or a further name of one */
  sizeAt(path: BytePath): number | null;
}

export function filesOf(filesystem: Filesystem): Files {
  const further = furtherNames(filesystem);
  return {
    all: filesOnce(filesystem),
    sizeAt(path) {
      const entry = filesystem.nodes.get(path)?.entry;
      return entry?.type === "file" && !further.has(path) ? entry.size : null;
    },
  };
}

/** Every file of either side that is not as large on the other, those that are gone included. */
export function fileChanges(head: Files, base: Files): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const { path, entry, layer } of head.all) {
    const before = base.sizeAt(path);
    if (entry.size === before) continue;
    changes.push({ path, head: entry.size, base: before, difference: entry.size - (before ?? 0), layer });
  }
  for (const { path, entry } of base.all) {
    if (head.sizeAt(path) !== null) continue;
    changes.push({ path, head: null, base: entry.size, difference: -entry.size, layer: null });
  }
  return changes;
}

/** Paths of regular files that stand under another name already. */
function furtherNames({ nodes }: Filesystem): ReadonlySet<BytePath> {
  const further = new Set<BytePath>();
  let position = 0;
  nodes.forEach(({ path, entry, inode }) => {
    if (entry.type === "file" && inode !== position) further.add(path);
    position++;
  });
  return further;
}

/** Largest growth first; equal ones by path, so that the same images give the same report. */
export function byGrowth(
  a: { readonly path: string; readonly difference: number },
  b: { readonly path: string; readonly difference: number },
): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}
