import { Failure } from "../failure.ts";
import type { BytePath, LayerEntry, LayerReading } from "./layer-reading.ts";
import { baseOf, displayPath, parentOf } from "./path.ts";

/** What a name in a directory stands for. Hard links share one. */
export interface Inode {
  entry: LayerEntry;
  readonly layer: number;
  /** whether a hard link was made to it, so that it may have several names */
  isLinked: boolean;
  /** by name; null: not a directory */
  readonly children: Children | null;
}

type Children = Map<string, Inode>;
export type Directory = Inode & { readonly children: Children };

/**
 * Lays a layer over what the lower ones made. A name hides the lower one, links of lower layers included: a layer with
 * `bin/x` over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where engines on overlay file systems
 * and image-spec differ, it is done as the engines do, who show more: nothing that a container sees may be hidden here.
 * @throws Failure archive-invalid where a hard link has no target
 */
export function applyLayer(root: Directory, reading: LayerReading, layer: number): void {
  applyWhiteouts(root, reading);
  const place: Place = { root, layer, parent: "", siblings: root.children };
  for (const entry of reading.entries) applyEntry(place, entry);
}

export function emptyRoot(): Directory {
  return missingDirectory("", 0);
}

/** Deletions first, wherever they stand in the layer: they hide what lower layers have, and nothing else. */
function applyWhiteouts(root: Directory, { entries, anomalies }: LayerReading): void {
  // A directory beside the whiteout of its own name takes the whiteout's place, and merges with the lower one.
  const replaced = new Set(
    anomalies.filter(({ kind }) => kind === "whiteout-with-replacement").map(({ path }) => path),
  );
  for (const { type, path } of entries) {
    if (type === "whiteout" && !replaced.has(path))
      find(root, parentOf(path))?.children?.delete(baseOf(path));
    // The root of an overlay merges with the lower ones, opaque or not.
    else if (type === "opaque-whiteout" && path !== "") find(root, path)?.children?.clear();
  }
}

/** Where the last entry was put: the next one's parent is most often the same. */
interface Place {
  readonly root: Directory;
  readonly layer: number;
  /** path of the directory */
  parent: BytePath;
  siblings: Children;
}

function applyEntry(place: Place, entry: LayerEntry): void {
  const { root, layer } = place;
  if (entry.path === "") return;
  if (entry.type === "opaque-whiteout") {
    makeDirectory(root, entry.path, layer);
    return;
  }
  // A whiteout's own directory comes into being, even where there was nothing to hide.
  goTo(place, parentOf(entry.path));
  const name = baseOf(entry.path);
  switch (entry.type) {
    case "whiteout":
      return;
    case "hardlink":
      place.siblings.set(name, linkedInode(root, entry));
      return;
    case "directory":
      place.siblings.set(name, directory(entry, layer, place.siblings.get(name)?.children ?? new Map()));
      return;
    default:
      place.siblings.set(name, { entry, layer, isLinked: false, children: null });
  }
}

function goTo(place: Place, parent: BytePath): void {
  if (place.parent === parent) return;
  place.siblings = makeDirectory(place.root, parent, place.layer).children;
  place.parent = parent;
}

/** Making the link sets the file's mode, owner and time to those that the link's own header has, as engines do. */
function linkedInode(root: Directory, link: LayerEntry): Inode {
  const target = find(root, link.linkTarget ?? "");
  if (target === undefined || target.children !== null) {
    throw new Failure(
      "archive-invalid",
      `A layer has a hard link at ${JSON.stringify(displayPath(link.path).path)} that leads to no file.`,
    );
  }
  const { mode, uid, gid, modified } = link;
  target.entry = { ...target.entry, mode, uid, gid, modified };
  target.isLinked = true;
  return target;
}

function find(root: Directory, path: BytePath): Inode | undefined {
  let inode: Inode | undefined = root;
  for (const part of partsOf(path)) inode = inode?.children?.get(part);
  return inode;
}

/** The directory at `path`, made with its parents where there is none, in the place of whatever else is there. */
function makeDirectory(root: Directory, path: BytePath, layer: number): Directory {
  let here = root;
  let length = 0;
  for (const part of partsOf(path)) {
    length += part.length + (length === 0 ? 0 : 1);
    const there = here.children.get(part);
    const next =
      there !== undefined && isDirectory(there) ? there : missingDirectory(path.slice(0, length), layer);
    if (next !== there) here.children.set(part, next);
    here = next;
  }
  return here;
}

/** A directory that no layer lists: runtimes make it for root, mode 0755. */
function missingDirectory(path: BytePath, layer: number): Directory {
  const entry: LayerEntry = { path, type: "directory", mode: 0o755, uid: 0, gid: 0, size: 0, modified: 0 };
  return directory(entry, layer, new Map());
}

function directory(entry: LayerEntry, layer: number, children: Children): Directory {
  return { entry, layer, isLinked: false, children };
}

export function isDirectory(inode: Inode): inode is Directory {
  return inode.children !== null;
}

function partsOf(path: BytePath): readonly string[] {
  return path === "" ? [] : path.split("/");
}
