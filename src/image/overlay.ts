import { Failure } from "../failure.ts";
import type { BytePath, LayerEntry, LayerReading } from "./layer-reading.ts";
import { baseOf, displayPath, parentOf } from "./path.ts";

/** What a name in a directory stands for. Hard links share one. */
export interface Inode {
  entry: LayerEntry;
  layer: number;
  /** whether a hard link was made to it, so that it may have several names */
  isLinked: boolean;
}

export interface Name {
  readonly inode: Inode;
  /** null: not a directory */
  readonly children: Map<string, Name> | null;
}

export type Directory = Name & { readonly children: Map<string, Name> };

/**
 * Lays a layer over what the lower ones made. A name hides the lower one, links of lower layers included: a layer with
 * `bin/x` over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where engines on overlay file systems
 * and image-spec differ, it is done as the engines do, who show more: nothing that a container sees may be hidden here.
 * @throws Failure archive-invalid where a hard link has no target
 */
export function applyLayer(root: Directory, reading: LayerReading, layer: number): void {
  applyWhiteouts(root, reading);
  for (const entry of reading.entries) applyEntry(root, entry, layer);
}

export function emptyRoot(): Directory {
  return directory("", 0);
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

function applyEntry(root: Directory, entry: LayerEntry, layer: number): void {
  if (entry.path === "") return;
  if (entry.type === "opaque-whiteout") {
    makeDirectory(root, entry.path, layer);
    return;
  }
  // A whiteout's own directory comes into being, even where there was nothing to hide.
  const siblings = makeDirectory(root, parentOf(entry.path), layer).children;
  const name = baseOf(entry.path);
  switch (entry.type) {
    case "whiteout":
      return;
    case "hardlink":
      siblings.set(name, { inode: linkedInode(root, entry), children: null });
      return;
    case "directory": {
      const children = siblings.get(name)?.children ?? new Map<string, Name>();
      siblings.set(name, { inode: { entry, layer, isLinked: false }, children });
      return;
    }
    default:
      siblings.set(name, { inode: { entry, layer, isLinked: false }, children: null });
  }
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
  target.inode.entry = { ...target.inode.entry, mode, uid, gid, modified };
  target.inode.isLinked = true;
  return target.inode;
}

function find(root: Directory, path: BytePath): Name | undefined {
  let name: Name | undefined = root;
  for (const part of partsOf(path)) name = name?.children?.get(part);
  return name;
}

/** The directory at `path`, made with its parents where there is none, in the place of whatever else is there. */
function makeDirectory(root: Directory, path: BytePath, layer: number): Directory {
  let here = root;
  let length = 0;
  for (const part of partsOf(path)) {
    length += part.length + (length === 0 ? 0 : 1);
    const there = here.children.get(part);
    const next = there !== undefined && isDirectory(there) ? there : directory(path.slice(0, length), layer);
    if (next !== there) here.children.set(part, next);
    here = next;
  }
  return here;
}

/** A directory that no layer lists: runtimes make it for root, mode 0755. */
function directory(path: BytePath, layer: number): Directory {
  const entry: LayerEntry = { path, type: "directory", mode: 0o755, uid: 0, gid: 0, size: 0, modified: 0 };
  return { inode: { entry, layer, isLinked: false }, children: new Map() };
}

export function isDirectory(name: Name): name is Directory {
  return name.children !== null;
}

function partsOf(path: BytePath): readonly string[] {
  return path === "" ? [] : path.split("/");
}
