import { type Filesystem, nodeAt } from "../image/filesystem/filesystem.ts";
import { type BytePath, baseOf, displayPath } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";
import type { LayerChange, PathShare, SizePart } from "./comparison.ts";
import { byGrowth, type FileChange } from "./files.ts";
import { findingFirst } from "./first.ts";
import { findingGrownDirectories } from "./grown-directories.ts";
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
export function* explainingSize({ layers, files, head, base }: Compared): Work<readonly SizePart[]> {
  const differences = new Map<SizePart["layer"], number>();
  const places = { head: new Map<number, SizePart["layer"]>(), base: new Map<number, SizePart["layer"]>() };
  for (const [index, layer] of layers.entries()) {
    const part = layer.origin === "base-image" && layer.kind !== "drift" ? null : index;
    differences.set(part, (differences.get(part) ?? 0) + layer.difference);
    if (layer.head !== null) places.head.set(layer.head, part);
    if (layer.base !== null) places.base.set(layer.base, part);
  }
  const shares = yield* sharing(files, places);
  const parts: SizePart[] = [];
  for (const [layer, difference] of differences) {
    if (difference === 0) continue;
    const paths = yield* tellingPaths(shares.get(layer) ?? [], difference, { head, base });
    parts.push({ layer, difference, paths });
  }
  return parts;
}

/** Bytes of a file's difference that are a part's. */
interface FileShare {
  readonly path: BytePath;
  readonly difference: number;
}

/** A file that went from one layer to another makes one smaller and the other larger. */
function* sharing(
  files: readonly FileChange[],
  places: Readonly<Record<"head" | "base", ReadonlyMap<number, SizePart["layer"]>>>,
): Work<ReadonlyMap<SizePart["layer"], readonly FileShare[]>> {
  const shares = new Map<SizePart["layer"], FileShare[]>();
  for (const [index, { path, head, base, layer, baseLayer, difference }] of files.entries()) {
    if (index % stretch === 0) yield;
    const here = layer === null ? undefined : places.head.get(layer);
    const there = baseLayer === null ? undefined : places.base.get(baseLayer);
    if (here === there) {
      add(here, { path, difference });
    } else {
      add(here, { path, difference: head ?? 0 });
      add(there, { path, difference: -(base ?? 0) });
    }
  }
  return shares;

  function add(part: SizePart["layer"] | undefined, share: FileShare): void {
    if (part === undefined) return;
    const others = shares.get(part);
    if (others === undefined) shares.set(part, [share]);
    else others.push(share);
  }
}

const most = 3;

function* tellingPaths(
  files: readonly FileShare[],
  whole: number,
  sides: Pick<Compared, "head" | "base">,
): Work<readonly PathShare[]> {
  const sign = Math.sign(whole);
  const changes = files.map(({ path, difference }) => ({ path, difference: difference * sign }));
  const directories: PathShare[] = [];
  for (const directory of yield* findingGrownDirectories(changes)) {
    yield;
    directories.push(directoryShare(directory));
  }
  const candidates = directories.length > 0 ? directories.toSorted(bySize) : yield* largestFiles();
  let left = Math.abs(whole);
  const shown: PathShare[] = [];
  for (const share of candidates) {
    if (shown.length === most) break;
    if (Math.abs(share.difference) > left) continue;
    left -= Math.abs(share.difference);
    shown.push(share);
  }
  return shown;

  function* largestFiles(): Work<readonly PathShare[]> {
    const grown = changes.filter(({ difference }) => difference > 0 && difference <= Math.abs(whole));
    return (yield* findingFirst(grown, byGrowth, most)).map(fileShare);
  }

  function fileShare({ path, difference }: FileShare): PathShare {
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
    const named = packages.slice(0, most).map(({ name, path, difference }) => ({
      name,
      difference: difference * sign,
      isWhole: [sides.head, sides.base].some((side) => nodeAt(side, path) === null),
    }));
    return {
      ...displayPath(directory),
      kind: "directory",
      difference: growth * sign,
      ...(named.length === 0 ? {} : { packages: named, packageCount: packages.length }),
    };
  }
}

function bySize(a: PathShare, b: PathShare): number {
  return Math.abs(b.difference) - Math.abs(a.difference) || (a.path < b.path ? -1 : 1);
}
