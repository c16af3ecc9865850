import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Hidden } from "../image/filesystem/hidden.ts";
import type { EntryTable } from "../image/layer/entry-table.ts";
import { type BytePath, parentOf } from "../image/path.ts";
import { stretch, type Work } from "../image/work.ts";

/**
 * An image's numbers as dive computes them, for those who know them from there. They differ from Waste: dive counts
 * every copy of a file that several layers have, the visible one as well; it takes the files of a deleted directory
 * for needed; and it does not know opaque whiteouts.
 */
export interface DiveNumbers {
  /** the least bytes of each path in a layer, for all the bytes that layers have there: 1 wastes nothing */
  readonly efficiency: number;
  /** bytes of all paths that several layers have */
  readonly wastedBytes: number;
}

/** What layers have at one path. */
interface Tally {
  layers: number;
  bytes: number;
  least: number;
}

/** Computes dive's numbers (wagoodman/dive v0.13.1, dive/filetree/efficiency.go). */
export function* countingAsDive({ hidden }: Filesystem): Work<DiveNumbers> {
  // Any path that several layers have is hidden in all but one. All others count once, whatever they are.
  const tallies = new Map<BytePath, Tally>();
  const all = yield* hiddenEntries(hidden);
  for (const { path } of all) tallies.set(path, { layers: 0, bytes: 0, least: 0 });
  const deleted = yield* deletedBytes(all);
  let once = 0;
  for (const [layer, entries] of hidden.layers.entries()) {
    const own = new Map<BytePath, { whiteout?: number; entry?: number }>();
    const directories = new Set<BytePath>();
    for (let index = 0; index < entries.length; index++) {
      if (index % stretch === 0) yield;
      const path = entries.pathAt(index);
      if (!tallies.has(path)) {
        once += entries.sizeAt(index);
        continue;
      }
      const { type } = entries.attributesAt(index);
      if (type === "directory" || type === "opaque-whiteout") directories.add(path);
      const slots = own.get(path) ?? {};
      own.set(path, slots);
      if (type === "whiteout") slots.whiteout = deleted.get(layer)?.get(path) ?? 0;
      else slots.entry = entries.sizeAt(index);
    }
    const inner = yield* withChildren(entries, directories);
    for (const [path, { whiteout, entry }] of own) {
      const tally = tallies.get(path);
      if (tally === undefined) continue;
      if (whiteout !== undefined) count(tally, whiteout);
      if (entry !== undefined && !inner.has(path)) count(tally, entry);
    }
  }
  let [bytes, least, wastedBytes] = [once, once, 0];
  for (const tally of tallies.values()) {
    bytes += tally.bytes;
    least += tally.least;
    if (tally.layers > 1) wastedBytes += tally.bytes;
  }
  return { efficiency: bytes === 0 ? 1 : least / bytes, wastedBytes };
}

function count(tally: Tally, bytes: number): void {
  tally.least = tally.layers === 0 ? bytes : Math.min(tally.least, bytes);
  tally.layers++;
  tally.bytes += bytes;
}

interface HiddenEntry {
  readonly path: BytePath;
  readonly by: number;
  /** bytes of the entry: none for a hard link */
  readonly size: number;
  readonly isDirectory: boolean;
}

function* hiddenEntries({ layers, entries, names }: Hidden): Work<readonly HiddenEntry[]> {
  const all: HiddenEntry[] = [];
  const add = (table: EntryTable | undefined, index: number, by: number) => {
    if (table === undefined) return;
    const isDirectory = table.attributesAt(index).type === "directory";
    all.push({ path: table.pathAt(index), by, size: table.sizeAt(index), isDirectory });
  };
  let steps = 0;
  for (const { layer, by, indexes } of entries) {
    for (const index of indexes) {
      if (++steps % stretch === 0) yield;
      add(layers[layer], index, by);
    }
  }
  for (const { node, entry, by } of names.flat()) {
    if (++steps % stretch === 0) yield;
    add(layers[node.layer], entry, by);
  }
  return all;
}

/** Returns, for each layer, the bytes below each directory that it deletes. */
function* deletedBytes(
  all: readonly HiddenEntry[],
): Work<ReadonlyMap<number, ReadonlyMap<BytePath, number>>> {
  const deleted = new Map<number, Map<BytePath, number>>();
  for (const { path, by, isDirectory } of all) {
    if (!isDirectory) continue;
    const directories = deleted.get(by) ?? new Map<BytePath, number>();
    deleted.set(by, directories);
    directories.set(path, 0);
  }
  let steps = 0;
  for (const { path, by, size } of all) {
    if (++steps % stretch === 0) yield;
    const directories = deleted.get(by);
    if (size === 0 || directories === undefined) continue;
    for (let above = parentOf(path); above !== ""; above = parentOf(above)) {
      const bytes = directories.get(above);
      if (bytes !== undefined) directories.set(above, bytes + size);
    }
  }
  return deleted;
}

/** Returns those of the directories in which a layer has anything. */
function* withChildren(entries: EntryTable, directories: ReadonlySet<BytePath>): Work<ReadonlySet<BytePath>> {
  const found = new Set<BytePath>();
  if (directories.size === 0) return found;
  for (let index = 0; index < entries.length; index++) {
    if (index % stretch === 0) yield;
    if (entries.attributesAt(index).type === "opaque-whiteout") continue;
    for (let above = parentOf(entries.pathAt(index)); above !== ""; above = parentOf(above)) {
      if (directories.has(above)) found.add(above);
    }
  }
  return found;
}
