import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { type HiddenName, type WayOfHiding, waysOfHiding } from "../image/filesystem/hidden.ts";
import { firstNames, isLinkedFile } from "../image/filesystem/linked-files.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import { perFilesystem } from "../image/filesystem/per-directory.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import { sum } from "../image/sum.ts";
import { stretch, type Work } from "../image/work.ts";
import { countingAsDive, type DiveNumbers } from "./dive-efficiency.ts";
import { type Duplicates, findingDuplicates } from "./duplicates.ts";
import { Largest } from "./largest.ts";

/**
 * The bytes that an image's layers hold and no container sees: overwritten, deleted or copied by a later layer.
 * They are the difference between the image's size and its unpacked size. And those that are there twice.
 */
export interface Waste {
  /** bytes of all files that are wasted: the sum of the next three */
  readonly bytes: number;
  /** of files that a later layer replaces with something else */
  readonly overwritten: number;
  /** of files that a later layer deletes */
  readonly deleted: number;
  /** of files that a later layer holds again with the same content, as after chmod, chown or touch */
  readonly metadataOnly: number;
  /** by the layers that wrote and wasted them, the largest first, at most twenty */
  readonly causes: readonly WasteCause[];
  /** the largest first, at most twenty */
  readonly files: readonly WastedFile[];
  readonly duplicates: Duplicates;
  /** the same image in dive's numbers */
  readonly dive: DiveNumbers;
}

export interface WasteCause {
  readonly kind: WayOfHiding;
  readonly bytes: number;
  /** number of files */
  readonly files: number;
  /** index into layers of the layer that wrote them */
  readonly layer: number;
  /** index into layers of the layer that wasted them */
  readonly wastedBy: number;
}

export interface WastedFile {
  readonly path: string;
  readonly pathBase64?: string;
  readonly kind: WayOfHiding;
  readonly bytes: number;
  /** index into layers of the layer that wrote it */
  readonly layer: number;
  /** index into layers of the layer that wasted it */
  readonly wastedBy: number;
}

export interface LayersWaste {
  readonly waste: Waste;
  /** bytes that each layer wastes, by its index; layers that waste none are missing */
  readonly byLayer: ReadonlyMap<number, number>;
}

/** Accounts for every byte of files that is in a layer and not in the filesystem, and finds duplicates. */
export const wasteIn = perFilesystem<LayersWaste>(function* (filesystem) {
  const sums = new Map<string, { -readonly [Key in keyof WasteCause]: WasteCause[Key] }>();
  const files = new Largest<Wasted>(maxListed, ({ bytes }) => bytes, inOrder);
  yield* visitingWasted(filesystem, (wasted) => {
    const { kind, bytes, layer, wastedBy } = wasted;
    const key = `${kind} ${layer} ${wastedBy}`;
    const cause = sums.get(key) ?? { kind, bytes: 0, files: 0, layer, wastedBy };
    sums.set(key, cause);
    cause.bytes += bytes;
    cause.files++;
    if (files.mayKeep(bytes)) files.add({ ...wasted });
  });
  const causes = [...sums.values()].sort(
    (a, b) => b.bytes - a.bytes || a.wastedBy - b.wastedBy || a.layer - b.layer || (a.kind < b.kind ? -1 : 1),
  );
  const bytesOf = (kind: WayOfHiding) =>
    sum(causes.filter((cause) => cause.kind === kind).map(({ bytes }) => bytes));
  const byLayer = new Map<number, number>();
  for (const { wastedBy, bytes } of causes) byLayer.set(wastedBy, (byLayer.get(wastedBy) ?? 0) + bytes);
  const waste = {
    bytes: sum(causes.map(({ bytes }) => bytes)),
    overwritten: bytesOf("overwritten"),
    deleted: bytesOf("deleted"),
    metadataOnly: bytesOf("metadata-only"),
    causes: causes.slice(0, maxListed),
    files: files.items.map(({ path, ...file }) => ({ ...displayPath(path), ...file })),
    duplicates: yield* findingDuplicates(filesystem),
    dive: yield* countingAsDive(filesystem),
  };
  return { waste, byLayer };
});

const maxListed = 20;

interface Wasted extends Omit<WastedFile, "path" | "pathBase64"> {
  /** computed when it is asked for: most files are only counted */
  readonly path: BytePath;
}

function inOrder(one: Wasted, other: Wasted): number {
  if (one.wastedBy !== other.wastedBy) return one.wastedBy - other.wastedBy;
  if (one.layer !== other.layer) return one.layer - other.layer;
  return one.path < other.path ? -1 : 1;
}

/** Visits each wasted file once. What it passes to `visit` is a view: copy it to keep it. */
function* visitingWasted(filesystem: Filesystem, visit: (wasted: Wasted) => void): Work<void> {
  let steps = 0;
  for (const { layer, by, indexes, ways } of filesystem.hidden.entries) {
    const entries = filesystem.hidden.layers[layer];
    if (entries === undefined) continue;
    for (const [position, index] of indexes.entries()) {
      if (++steps % stretch === 0) yield;
      const bytes = entries.sizeAt(index);
      if (bytes === 0) continue;
      const kind = waysOfHiding[ways[position] ?? 0] ?? "overwritten";
      visit({
        get path() {
          return entries.pathAt(index);
        },
        kind,
        bytes,
        layer,
        wastedBy: by,
      });
    }
  }
  const surviving = yield* firstNames.work(filesystem);
  // A file with several names is wasted when the last of them is hidden.
  const last = new Map<FilesystemNode["inode"], HiddenName>();
  for (const name of filesystem.hidden.names.flat()) {
    if (++steps % stretch === 0) yield;
    if (isLinkedFile(name.node) && !surviving.has(name.node.inode)) last.set(name.node.inode, name);
  }
  for (const { node, by, way } of last.values()) {
    if (++steps % stretch === 0) yield;
    const { path, size, layer } = node;
    if (size > 0) visit({ path, kind: way, bytes: size, layer, wastedBy: by });
  }
}
