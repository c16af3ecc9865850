import type { LayerEntry } from "../../src/image/layer/entry.ts";
import type { EntryAttributes } from "../../src/image/layer/entry-table.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import { parentOf } from "../../src/image/path.ts";

interface Place {
  readonly file: File;
  readonly layer: number;
}

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

/** A file that is in a layer, and that no container sees. */
export interface UnseenFile {
  readonly path: string;
  readonly kind: "overwritten" | "deleted" | "metadata-only";
  readonly bytes: number;
  readonly layer: number;
  readonly wastedBy: number;
}

/** Returns every path that a container sees, sorted. */
export function overlayModel(readings: readonly LayerReading[]): readonly SeenPath[] {
  return layersModel(readings).seen;
}

/**
 * Merges layers in the simplest possible way: with one list of paths, and a scan of all of them for each
 * step.
 */
export function layersModel(readings: readonly LayerReading[]): {
  readonly seen: readonly SeenPath[];
  /** the content of each file that a container sees, once for all its hard links */
  readonly contents: readonly Pick<SeenPath, "size" | "crc32">[];
  /** the files with content, in no order */
  readonly unseen: readonly UnseenFile[];
} {
  const seen = new Map<string, Place>();
  const unseen = new Map<File, UnseenFile>();
  let hidden: [path: string, place: Place][] = [];
  const hide = (path: string) => {
    const place = seen.get(path);
    if (place !== undefined) hidden.push([path, place]);
    seen.delete(path);
  };
  const isDirectory = (path: string) => path === "" || seen.get(path)?.file.attributes.type === "directory";
  const removeBelow = (path: string) => {
    for (const other of [...seen.keys()]) if (other.startsWith(`${path}/`)) hide(other);
  };
  const makeDirectory = (path: string, layer: number) => {
    if (isDirectory(path)) return;
    makeDirectory(parentOf(path), layer);
    hide(path);
    const attributes: EntryAttributes = { type: "directory", mode: 0o755, uid: 0, gid: 0 };
    seen.set(path, { file: { attributes, size: 0, crc32: 0, modified: 0 }, layer });
  };
  const remove = ({ path, type }: LayerEntry, isReplaced: boolean) => {
    if (type === "opaque-whiteout" && path !== "") removeBelow(path);
    if (type !== "whiteout" || isReplaced) return;
    removeBelow(path);
    hide(path);
  };
  const put = ({ path, size, crc32, modified, ...attributes }: LayerEntry, layer: number) => {
    if (path === "") return;
    const { type, mode, uid, gid, linkTarget = "" } = attributes;
    makeDirectory(type === "opaque-whiteout" ? path : parentOf(path), layer);
    if (type === "opaque-whiteout" || type === "whiteout") return;
    const target = type === "hardlink" ? seen.get(linkTarget)?.file : undefined;
    if (target !== undefined)
      Object.assign(target, { attributes: { ...target.attributes, mode, uid, gid }, modified });
    if (type !== "directory" || !isDirectory(path)) {
      removeBelow(path);
      hide(path);
    }
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
    for (const [path, { file, layer: from }] of hidden) {
      if (file.attributes.type !== "file" || file.size === 0) continue;
      const now = seen.get(path);
      const isCopy = now?.file.size === file.size && now.file.crc32 === file.crc32;
      const kind = now?.layer !== layer ? "deleted" : isCopy ? "metadata-only" : "overwritten";
      unseen.set(file, { path, kind, bytes: file.size, layer: from, wastedBy: layer });
    }
    hidden = [];
  }
  // A file with hard links is there as long as one of its names is.
  for (const { file } of seen.values()) unseen.delete(file);
  const paths = [...seen]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, { file, layer }]) => ({ path, ...file, layer }));
  const files = new Set([...seen.values()].map(({ file }) => file));
  const contents = [...files].filter(({ attributes }) => attributes.type === "file");
  return { seen: paths, contents, unseen: [...unseen.values()] };
}
