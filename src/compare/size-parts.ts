import { type Filesystem, nodeAt } from "../image/filesystem/filesystem.ts";
import { type BytePath, baseOf, displayPath } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";
import type { LayerChange, PathShare, SizePart } from "./comparison.ts";
import { byGrowth, type FileChange } from "./files.ts";
import { findingFirst } from "./first.ts";
import { findingGrownDirectories } from "./grown-directories.ts";
import { isPackageDirectory, packagesIn } from "./packages.ts";

/** What explains a difference in size. */
interface Compared {
  readonly layers: readonly LayerChange[];
  readonly files: readonly FileChange[];
  /** the final filesystems */
  readonly head: Filesystem;
  readonly base: Filesystem;
}

/**
 * Splits the difference in size into parts: the base image as a whole, and each other layer. Each part has
 * the paths that explain it. They have the part's sign and together do not exceed it, because layers above
 * can hide a layer's files, and a file that is no longer hidden says nothing about the layer's size.
 */
export function* explainingSize({ layers, files, head, base }: Compared): Work<readonly SizePart[]> {
  const differences = new Map<SizePart["layer"], number>();
  const partOf = { head: new Map<number, SizePart["layer"]>(), base: new Map<number, SizePart["layer"]>() };
  for (const [index, layer] of layers.entries()) {
    const part = layer.origin === "base-image" && layer.kind !== "drift" ? null : index;
    differences.set(part, (differences.get(part) ?? 0) + layer.difference);
    if (layer.head !== null) partOf.head.set(layer.head, part);
    if (layer.base !== null) partOf.base.set(layer.base, part);
  }
  const shares = yield* sharing(files, partOf);
  const parts: SizePart[] = [];
  for (const [layer, difference] of differences) {
    if (difference === 0) continue;
    const paths = yield* explainingPaths(shares.get(layer) ?? [], difference, { head, base });
    parts.push({ layer, difference, paths });
  }
  return parts;
}

/** The bytes of a file's difference that belong to a part. */
interface FileShare {
  readonly path: BytePath;
  readonly difference: number;
}

/** Assigns file differences to parts. A file that changed layers shrinks one part and grows another. */
function* sharing(
  files: readonly FileChange[],
  partOf: Readonly<Record<"head" | "base", ReadonlyMap<number, SizePart["layer"]>>>,
): Work<ReadonlyMap<SizePart["layer"], readonly FileShare[]>> {
  const shares = new Map<SizePart["layer"], FileShare[]>();
  for (const [index, { path, head, base, layer, baseLayer, difference }] of files.entries()) {
    if (index % stretch === 0) yield;
    const headPart = layer === null ? undefined : partOf.head.get(layer);
    const basePart = baseLayer === null ? undefined : partOf.base.get(baseLayer);
    if (headPart === basePart) {
      add(headPart, { path, difference });
    } else {
      add(headPart, { path, difference: head ?? 0 });
      add(basePart, { path, difference: -(base ?? 0) });
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

const maxShown = 3;

function* explainingPaths(
  files: readonly FileShare[],
  total: number,
  sides: Pick<Compared, "head" | "base">,
): Work<readonly PathShare[]> {
  const sign = Math.sign(total);
  const changes = files.map(({ path, difference }) => ({ path, difference: difference * sign }));
  const directories: PathShare[] = [];
  for (const directory of yield* findingGrownDirectories(changes)) {
    yield;
    directories.push(directoryShare(directory));
  }
  const candidates = directories.length > 0 ? directories.toSorted(bySize) : yield* largestFiles();
  let remaining = Math.abs(total);
  const shown: PathShare[] = [];
  for (const share of candidates) {
    if (shown.length === maxShown) break;
    if (Math.abs(share.difference) > remaining) continue;
    remaining -= Math.abs(share.difference);
    shown.push(share);
  }
  return shown;

  function* largestFiles(): Work<readonly PathShare[]> {
    const grown = changes.filter(({ difference }) => difference > 0 && difference <= Math.abs(total));
    return (yield* findingFirst(grown, byGrowth, maxShown)).map(fileShare);
  }

  function fileShare({ path, difference }: FileShare): PathShare {
    return { ...displayPath(path), kind: "file", difference: difference * sign };
  }

  /** Returns a directory's share, or that of a file with nearly all of it. `.git` stays whole. */
  function directoryShare(directory: BytePath): PathShare {
    const within = changes.filter(({ path }) => path.startsWith(`${directory}/`));
    const growth = within.reduce((sum, { difference }) => sum + difference, 0);
    const largest = within.reduce((a, b) => (b.difference > a.difference ? b : a));
    const isOneFile = largest.difference * 10 >= growth * 9 && largest.difference <= growth;
    if (isOneFile && baseOf(directory) !== ".git") return fileShare(largest);
    const packages = isPackageDirectory(directory) ? packagesIn(directory, within) : [];
    const named = packages.slice(0, maxShown).map(({ name, path, difference }) => ({
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
