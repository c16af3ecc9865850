import { type Filesystem, nodeAt } from "../image/filesystem.ts";
import type { BytePath } from "../image/layer-reading.ts";
import { baseOf, displayPath } from "../image/path.ts";
import type { LayerChange, PathShare, SizePart } from "./compare.ts";
import type { FileChange } from "./file-changes.ts";
import { grownDirectories } from "./grown-directories.ts";
import { isPackageDirectory, packagesIn } from "./packages.ts";

/** What the parts of a difference in size are made from. */
interface Compared {
  readonly layers: readonly LayerChange[];
  readonly files: readonly FileChange[];
  /** the final filesystems */
  readonly head: Filesystem;
  readonly base: Filesystem;
}

/**
 * What made the image larger or smaller: the base image as a whole, and each other layer. Each with the paths that tell it,
 * which are of the same sign and together no more than it: what a layer has can be hidden by those above, and a path
 * that only shows now tells nothing of the layer's size.
 */
export function sizeParts({ layers, files, head, base }: Compared): readonly SizePart[] {
  const differences = new Map<SizePart["layer"], number>();
  const places = { head: new Map<number, SizePart["layer"]>(), base: new Map<number, SizePart["layer"]>() };
  for (const [index, layer] of layers.entries()) {
    const part = layer.origin === "base-image" && layer.kind !== "drift" ? null : index;
    differences.set(part, (differences.get(part) ?? 0) + layer.difference);
    if (layer.head !== null) places.head.set(layer.head, part);
    if (layer.base !== null) places.base.set(layer.base, part);
  }
  const shares = Map.groupBy(files.flatMap(sharesOf), ({ part }) => part);
  return [...differences]
    .filter(([, difference]) => difference !== 0)
    .map(([layer, difference]) => ({
      layer,
      difference,
      paths: tellingPaths(shares.get(layer) ?? [], difference, { head, base }),
    }));

  /** A file that went from one layer to another makes one smaller and the other larger. */
  function sharesOf({ path, head, base, layer, baseLayer }: FileChange): readonly FileShare[] {
    const sides = [
      ...(layer === null ? [] : [{ part: places.head.get(layer), path, difference: head ?? 0 }]),
      ...(baseLayer === null ? [] : [{ part: places.base.get(baseLayer), path, difference: -(base ?? 0) }]),
    ].flatMap(({ part, ...share }) => (part === undefined ? [] : [{ part, ...share }]));
    const [here, there] = sides;
    if (here === undefined || there === undefined || here.part !== there.part) return sides;
    return [{ ...here, difference: here.difference + there.difference }];
  }
}

/** Bytes of a file's difference that are a part's. */
interface FileShare {
  readonly part: SizePart["layer"];
  readonly path: BytePath;
  readonly difference: number;
}

const most = 3;

function tellingPaths(
  files: readonly FileShare[],
  whole: number,
  sides: { readonly head: Filesystem; readonly base: Filesystem },
): readonly PathShare[] {
  const sign = Math.sign(whole);
  const changes = files.map(({ path, difference }) => ({ path, difference: difference * sign }));
  const directories = grownDirectories(changes).map(directoryShare);
  const candidates =
    directories.length > 0 ? directories : changes.filter(({ difference }) => difference > 0).map(fileShare);
  const largestFirst = candidates.toSorted(
    (a, b) => sign * (b.difference - a.difference) || (a.path < b.path ? -1 : 1),
  );
  let left = Math.abs(whole);
  const shown: PathShare[] = [];
  for (const share of largestFirst) {
    if (shown.length === most) break;
    if (Math.abs(share.difference) > left) continue;
    left -= Math.abs(share.difference);
    shown.push(share);
  }
  return shown;

  function fileShare({ path, difference }: { path: BytePath; difference: number }): PathShare {
    return { ...displayPath(path), kind: "file", difference: difference * sign };
  }

  /** Nearly all of it in one file is that file, but for a repository's own. */
  function directoryShare(directory: BytePath): PathShare {
    const within = changes.filter(({ path }) => path.startsWith(`${directory}/`));
    const growth = within.reduce((sum, { difference }) => sum + difference, 0);
    const largest = within.reduce((a, b) => (b.difference > a.difference ? b : a));
    const isOneFile = largest.difference * 10 >= growth * 9 && largest.difference <= growth;
    if (isOneFile && baseOf(directory) !== ".git") return fileShare(largest);
    const packages = isPackageDirectory(directory) ? packagesIn(directory, within) : [];
    return {
      ...displayPath(directory),
      kind: "directory",
      difference: growth * sign,
      ...(packages.length === 0
        ? {}
        : {
            packages: packages.slice(0, most).map(({ name, path, difference }) => ({
              name,
              difference: difference * sign,
              isWhole: [sides.head, sides.base].some((side) => nodeAt(side, path) === null),
            })),
            packageCount: packages.length,
          }),
    };
  }
}
