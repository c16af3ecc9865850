import { bytesUnder } from "../image/file-sizes.ts";
import type { BytePath } from "../image/layer-reading.ts";
import { displayPath } from "../image/path.ts";
import type { Comparison, PathChange, Side } from "./compare.ts";
import { byGrowth, byLoss, type FileChange } from "./file-changes.ts";
import { grownDirectories } from "./grown-directories.ts";

/** What grew and what shrank in the final filesystem: the files, and the directories that explain the growth. */
export function changedPaths(
  headSide: Side,
  baseSide: Side,
  changes: readonly FileChange[],
): Pick<Comparison, "grownFiles" | "shrunkFiles" | "fileCounts" | "grownDirectories"> {
  const { filesystem: head } = headSide;
  const { filesystem: base } = baseSide;
  const grown = changes.filter(({ difference }) => difference > 0).toSorted(byGrowth);
  const shrunk = changes.filter(({ difference }) => difference < 0).toSorted(byLoss);
  return {
    grownFiles: grown.slice(0, mostFiles).map(grownFile),
    shrunkFiles: shrunk.slice(0, mostFiles).map(shrunkFile),
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

  function directoryChange(path: BytePath): PathChange {
    const sizes = { head: bytesUnder(head, path), base: bytesUnder(base, path) };
    const difference = (sizes.head ?? 0) - (sizes.base ?? 0);
    return {
      ...displayPath(path),
      kind: "directory",
      ...sizes,
      difference,
      ...madeBy(growingLayer(path, changes)),
    };
  }

  function madeBy(layer: number): Pick<PathChange, "layer" | "line"> {
    return { layer, line: headSide.inspection.layers[layer]?.line ?? null };
  }
}

const mostFiles = 10;

/** The layer that holds most of what grew in a directory. */
function growingLayer(directory: BytePath, changes: readonly FileChange[]): number {
  const growth = new Map<number, number>();
  for (const { path, layer, difference } of changes) {
    if (layer === null || !path.startsWith(`${directory}/`)) continue;
    growth.set(layer, (growth.get(layer) ?? 0) + difference);
  }
  const [largest] = [...growth].toSorted(([, a], [, b]) => b - a);
  return largest?.[0] ?? 0;
}
