import type { LayerReading } from "../../src/image/layer/reading.ts";
import { baseOf, parentOf } from "../../src/image/path.ts";
import { sum } from "../../src/image/sum.ts";

/** A path in one layer's tree, as dive keeps it: a whiteout has its prefix. */
interface Node {
  readonly size: number;
  readonly isDirectory: boolean;
  /** whether the layer has an entry for it; dive takes a directory without one for a file */
  readonly isListed: boolean;
}

type Tree = ReadonlyMap<string, Node>;

/**
 * Computes dive's numbers with trees of paths, as dive/filetree/efficiency.go does.
 * @returns null for an image that dive misreads: with an opaque whiteout, one that hides nothing, or a path that is a
 * directory in one layer and something else in another
 */
export function diveModel(
  readings: readonly LayerReading[],
): { readonly efficiency: number; readonly wastedBytes: number } | null {
  const trees = readings.map(treeOf);
  if (trees.includes(null)) return null;
  const found = new Map<string, number[]>();
  let stacked = new Map<string, Node>();
  for (const tree of trees) {
    if (tree === null) return null;
    for (const [path, node] of tree) {
      if ([...tree.keys()].some((other) => parentsOf(other).includes(path))) continue;
      const hidden = withoutPrefix(path);
      if (hidden !== null && !stacked.has(hidden)) return null;
      const size = hidden === null ? node.size : deletedSize(stacked, hidden);
      const key = hidden ?? path;
      found.set(key, [...(found.get(key) ?? []), size]);
    }
    const next = new Map(stacked);
    for (const [path, node] of tree) {
      const before = stacked.get(path);
      if (before !== undefined && before.isDirectory !== node.isDirectory) return null;
      const hidden = withoutPrefix(path);
      if (hidden === null) next.set(path, node);
      else for (const other of stacked.keys()) if (isWithin(other, hidden)) next.delete(other);
    }
    stacked = next;
  }
  const all = sum([...found.values()].map(sum));
  return {
    efficiency: all === 0 ? 1 : sum([...found.values()].map((sizes) => Math.min(...sizes))) / all,
    wastedBytes: sum([...found.values()].filter(({ length }) => length > 1).map(sum)),
  };
}

/** Returns the tree of a layer, with the directories that it does not list; null if dive misreads it. */
function treeOf({ entries, anomalies }: LayerReading): Tree | null {
  const tree = new Map<string, Node>();
  for (const { path, type, size } of entries) {
    if (type === "opaque-whiteout") return null;
    const own = type === "whiteout" ? join(parentOf(path), `.wh.${baseOf(path)}`) : path;
    for (const parent of parentsOf(path))
      if (!tree.has(parent)) tree.set(parent, { size: 0, isDirectory: true, isListed: false });
    tree.set(own, { size, isDirectory: type === "directory", isListed: true });
  }
  return anomalies.length > 0 ? null : tree;
}

function deletedSize(stacked: Tree, path: string): number {
  const node = stacked.get(path);
  if (node === undefined || !node.isDirectory || !node.isListed) return 0;
  let size = 0;
  for (const [other, node] of stacked) if (isWithin(other, path)) size += node.size;
  return size;
}

function withoutPrefix(path: string): string | null {
  const base = baseOf(path);
  return base.startsWith(".wh.") ? join(parentOf(path), base.slice(4)) : null;
}

function isWithin(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

function parentsOf(path: string): readonly string[] {
  const parent = parentOf(path);
  return parent === "" ? [] : [parent, ...parentsOf(parent)];
}

function join(directory: string, name: string): string {
  return directory === "" ? name : `${directory}/${name}`;
}
