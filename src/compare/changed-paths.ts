import { bytesUnder } from "../image/filesystem/file-sizes.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { Work } from "../image/work.ts";
import type { Comparison, PathChange, Side } from "./comparison.ts";
import { byGrowth, byLoss, type FileChange } from "./files.ts";
import { findingFirst } from "./first.ts";
import { findingGrownDirectories } from "./grown-directories.ts";

/**
 * Finds the files in the final filesystem that grew or shrank, and the directories that explain the growth.
 */
export function* findingChangedPaths(
  headSide: Side,
  baseSide: Side,
  changes: readonly FileChange[],
): Work<Pick<Comparison, "grownFiles" | "shrunkFiles" | "fileCounts" | "grownDirectories">> {
  const { filesystem: base } = baseSide;
  const grown = changes.filter(({ difference }) => difference > 0);
  const shrunk = changes.filter(({ difference }) => difference < 0);
  yield;
  const largest = {
    grown: yield* findingFirst(grown, byGrowth, maxFiles),
    shrunk: yield* findingFirst(shrunk, byLoss, maxFiles),
  };
  const directories = yield* findingGrownDirectories(changes);
  return {
    grownFiles: largest.grown.map(grownFile),
    shrunkFiles: largest.shrunk.map(shrunkFile),
    fileCounts: { grown: grown.length, shrunk: shrunk.length },
    grownDirectories: directories.map(directoryChange).toSorted(byGrowth),
  };

  function grownFile({ path, head, base, difference, layer }: FileChange): PathChange {
    return { ...displayPath(path), kind: "file", head, base, difference, ...madeBy(layer ?? 0) };
  }

  /** Names a layer of the base: a removed file has none in the head. */
  function shrunkFile({ path, head, base, difference, baseLayer }: FileChange): PathChange {
    const layer = baseLayer ?? 0;
    const line = baseSide.inspection.layers[layer]?.line ?? null;
    return { ...displayPath(path), kind: "file", head, base, difference, layer, line };
  }

  /** Sums the growth of its files. A file with several names may count under different ones. */
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

const maxFiles = 10;

/** Returns the layer with most of the growth. */
function growingLayer(changes: readonly FileChange[]): number {
  const growth = new Map<number, number>();
  for (const { layer, difference } of changes) {
    if (layer !== null) growth.set(layer, (growth.get(layer) ?? 0) + difference);
  }
  const [largest] = [...growth].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? 0;
}
