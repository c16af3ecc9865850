import { bytesUnder } from "../image/file-sizes.ts";
import type { BytePath } from "../image/layer-reading.ts";
import { displayPath } from "../image/path.ts";
import { stretch } from "../image/work.ts";
import type { Comparison, PathChange, Side } from "./compare.ts";
import { byGrowth, byLoss, type FileChange } from "./file-changes.ts";
import { grownDirectories } from "./grown-directories.ts";

/** What grew and what shrank in the final filesystem: the files, and the directories that explain the growth. */
export function changedPaths(
  headSide: Side,
  baseSide: Side,
  changes: readonly FileChange[],
): Pick<Comparison, "grownFiles" | "shrunkFiles" | "fileCounts" | "grownDirectories"> {
  const { filesystem: base } = baseSide;
  const grown = changes.filter(({ difference }) => difference > 0);
  const shrunk = changes.filter(({ difference }) => difference < 0);
  return {
    grownFiles: first(grown, byGrowth).map(grownFile),
    shrunkFiles: first(shrunk, byLoss).map(shrunkFile),
    fileCounts: { grown: grown.length, shrunk: shrunk.length },
    grownDirectories: grownDirectories(changes).map(directoryChange).toSorted(byGrowth),
  };

  function grownFile({ path, head, base, difference, layer }: FileChange): PathChange {
    return { ...displayPath(path), kind: "file", head, base, difference, ...madeBy(layer ?? 0) };
  }

  /** Its layer is the base's: what is gone has none in the head. */
  function shrunkFile({ path, head, base, difference, baseLayer }: FileChange): PathChange {
    const layer = baseLayer ?? 0;
    const line = baseSide.inspection.layers[layer]?.line ?? null;
    return { ...displayPath(path), kind: "file", head, base, difference, layer, line };
  }

  /** Its growth is that of the files in it. A file of several names may count elsewhere in the head than in the base. */
  function directoryChange(path: BytePath): PathChange {
    const inside = changes.filter((change) => change.path.startsWith(`${path}/`));
    const difference = inside.reduce((sum, change) => sum + change.difference, 0);
    const before = bytesUnder(base, path);
    return {
      ...displayPath(path),
      kind: "directory",
      head: (before ?? 0) + difference,
      base: before,
      difference,
      ...madeBy(growingLayer(inside)),
    };
  }

  function madeBy(layer: number): Pick<PathChange, "layer" | "line"> {
    return { layer, line: headSide.inspection.layers[layer]?.line ?? null };
  }
}

const mostFiles = 10;

/** The first few in an order: there may be a million, of which the others need none. */
function first(changes: readonly FileChange[], order: typeof byGrowth): readonly FileChange[] {
  let first: readonly FileChange[] = [];
  for (let from = 0; from < changes.length; from += stretch) {
    first = [...first, ...changes.slice(from, from + stretch)].sort(order).slice(0, mostFiles);
  }
  return first;
}

/** The layer that holds most of what grew. */
function growingLayer(changes: readonly FileChange[]): number {
  const growth = new Map<number, number>();
  for (const { layer, difference } of changes) {
    if (layer !== null) growth.set(layer, (growth.get(layer) ?? 0) + difference);
  }
  const [largest] = [...growth].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? 0;
}
