import { Failure } from "../failure.ts";
import type { BytePath, LayerEntry } from "./layer-reading.ts";
import { baseOf, displayPath, parentOf } from "./path.ts";

/** What a name in a directory stands for. Hard links share one. */
export interface Inode {
  entry: LayerEntry;
  layer: number;
}

export interface Name {
  readonly inode: Inode;
  /** null: not a directory */
  readonly children: Map<string, Name> | null;
}

export type Directory = Name & { readonly children: Map<string, Name> };

/**
 * Lays a layer over what the lower ones made. A name hides the lower one, links of lower layers included: a layer with
 * `bin/x` over `bin -> usr/bin` makes `bin` a real directory. Two directories merge. Where overlay file systems and
 * image-spec differ, image-spec decides, and the layer's reading has an anomaly.
 * @throws Failure archive-invalid where a hard link has no target
 */
export function applyLayer(root: Directory, entries: readonly LayerEntry[], layer: number): void {
  applyWhiteouts(root, entries);
  for (const entry of entries) applyEntry(root, entry, layer);
}

export function emptyRoot(): Directory {
  return directory("", 0);
}

/** Deletions first, wherever they stand in the layer: they hide what lower layers have, and nothing else. */
function applyWhiteouts(root: Directory, entries: readonly LayerEntry[]): void {
  for (const { type, path } of entries) {
    if (type === "whiteout") find(root, parentOf(path))?.children?.delete(baseOf(path));
    else if (type === "opaque-whiteout") find(root, path)?.children?.clear();
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
      siblings.set(name, { inode: { entry, layer }, children });
      return;
    }
    default:
      siblings.set(name, { inode: { entry, layer }, children: null });
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
  return { inode: { entry, layer }, children: new Map() };
}

export function isDirectory(name: Name): name is Directory {
  return name.children !== null;
}

function partsOf(path: BytePath): readonly string[] {
  return path === "" ? [] : path.split("/");
}
