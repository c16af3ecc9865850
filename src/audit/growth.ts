import type { BytePath } from "../image/layer-reading.ts";
import { displayPath } from "../image/path.ts";
import type { Comparison, PathChange, Side } from "./compare.ts";
import { grownDirectories } from "./grown-directories.ts";

/** One file whose bytes in the final filesystem differ. */
export interface FileChange {
  readonly path: BytePath;
  readonly head: number | null;
  readonly base: number | null;
  readonly difference: number;
  /** index into head.layers; null where the head has no such file */
  readonly layer: number | null;
}

/** What grew in the final filesystem: the files, and the directories that explain it. */
export function growthOf(head: Side, base: Side): Pick<Comparison, "grownFiles" | "grownDirectories"> {
  const changes = fileChanges(sizesOf(head), sizesOf(base));
  const files = changes.filter(({ difference }) => difference > 0).toSorted(byGrowth);
  return {
    grownFiles: files.slice(0, mostFiles).map((file) => told(file, "file")),
    grownDirectories: grownDirectories(changes).map((directory) => told(directory, "directory")),
  };

  function told(
    { path, head: size, base, difference, layer }: FileChange,
    kind: PathChange["kind"],
  ): PathChange {
    const line = head.inspection.layers[layer ?? -1]?.line ?? null;
    return { ...displayPath(path), kind, head: size, base, difference, layer: layer ?? 0, line };
  }
}

const mostFiles = 10;

/** Largest growth first; equal ones by path, so that the same images give the same report. */
export function byGrowth(a: FileChange, b: FileChange): number {
  return b.difference - a.difference || (a.path < b.path ? -1 : 1);
}

interface Sized {
  readonly size: number;
  readonly layer: number;
}

/** Regular files by path; an inode counts once, under the first of its names. */
function sizesOf({ filesystem }: Side): ReadonlyMap<BytePath, Sized> {
  const sizes = new Map<BytePath, Sized>();
  const seen = new Set<number>();
  for (const { path, entry, layer, inode } of filesystem.nodes.values()) {
    if (entry.type !== "file" && entry.type !== "hardlink") continue;
    if (seen.has(inode)) continue;
    seen.add(inode);
    sizes.set(path, { size: entry.size, layer });
  }
  return sizes;
}

function fileChanges(
  head: ReadonlyMap<BytePath, Sized>,
  base: ReadonlyMap<BytePath, Sized>,
): readonly FileChange[] {
  const changes: FileChange[] = [];
  for (const [path, { size, layer }] of head) {
    const before = base.get(path)?.size ?? null;
    if (size !== before)
      changes.push({ path, head: size, base: before, difference: size - (before ?? 0), layer });
  }
  for (const [path, { size }] of base) {
    if (!head.has(path)) changes.push({ path, head: null, base: size, difference: -size, layer: null });
  }
  return changes;
}
