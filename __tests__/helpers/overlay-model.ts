import type { LayerEntry } from "../../src/image/layer/entry.ts";
import type { EntryAttributes } from "../../src/image/layer/entry-table.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import { parentOf } from "../../src/image/path.ts";

/** One path as a container sees it. */
export interface SeenPath {
  readonly path: string;
  readonly attributes: EntryAttributes;
  readonly size: number;
  readonly crc32: number;
  readonly modified: number;
  readonly layer: number;
}

/** What all names of one file share. */
interface File {
  attributes: EntryAttributes;
  readonly size: number;
  readonly crc32: number;
  modified: number;
}

/**
 * Merges layers in the simplest possible way: with one list of paths, and a scan of all of them for each
 * step.
 */
export function overlayModel(readings: readonly LayerReading[]): readonly SeenPath[] {
  const seen = new Map<string, { file: File; layer: number }>();
  const isDirectory = (path: string) => path === "" || seen.get(path)?.file.attributes.type === "directory";
  const removeBelow = (path: string) => {
    for (const other of [...seen.keys()]) if (other.startsWith(`${path}/`)) seen.delete(other);
  };
  const makeDirectory = (path: string, layer: number) => {
    if (isDirectory(path)) return;
    makeDirectory(parentOf(path), layer);
    const attributes: EntryAttributes = { type: "directory", mode: 0o755, uid: 0, gid: 0 };
    seen.set(path, { file: { attributes, size: 0, crc32: 0, modified: 0 }, layer });
  };
  const remove = ({ path, type }: LayerEntry, isReplaced: boolean) => {
    if (type === "opaque-whiteout" && path !== "") removeBelow(path);
    if (type !== "whiteout" || isReplaced) return;
    removeBelow(path);
    seen.delete(path);
  };
  const put = ({ path, size, crc32, modified, ...attributes }: LayerEntry, layer: number) => {
    if (path === "") return;
    const { type, mode, uid, gid, linkTarget = "" } = attributes;
    makeDirectory(type === "opaque-whiteout" ? path : parentOf(path), layer);
    if (type === "opaque-whiteout" || type === "whiteout") return;
    const target = type === "hardlink" ? seen.get(linkTarget)?.file : undefined;
    if (target !== undefined)
      Object.assign(target, { attributes: { ...target.attributes, mode, uid, gid }, modified });
    if (type !== "directory" || !isDirectory(path)) removeBelow(path);
    seen.set(path, { file: target ?? { attributes, size, crc32, modified }, layer });
  };
  for (const [layer, { entries, anomalies }] of readings.entries()) {
    const replaced = anomalies.filter(({ kind }) => kind === "whiteout-with-replacement");
    for (const entry of entries)
      remove(
        entry,
        replaced.some(({ path }) => path === entry.path),
      );
    for (const entry of entries) put(entry, layer);
  }
  return [...seen]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, { file, layer }]) => ({ path, ...file, layer }));
}
