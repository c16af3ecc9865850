import type { BytePath, LayerEntry, LayerReading } from "./layer-reading.ts";
import { limits } from "./limits.ts";
import { applyLayer, type Directory, emptyRoot, type Inode, isDirectory } from "./overlay.ts";
import { parentOf } from "./path.ts";

/** One path of the final root filesystem. */
export interface FilesystemNode {
  readonly path: BytePath;
  /**
   * What a container would see here: type, mode, owner and size; never a whiteout and never a hard link, of which
   * this is the file that it leads to, so that `entry.path` may be another of the file's names.
   */
  readonly entry: LayerEntry;
  /** index of the layer that holds what is seen here, 0 = lowest */
  readonly layer: number;
  /** what paths that share one inode have in common: the position among all paths of the first of them */
  readonly inode: number;
}

/** The final root filesystem, as a container would see it: readings merged in order, whiteouts applied. */
export interface Filesystem {
  /** every path but the root itself, by BytePath; in byte order of the paths */
  readonly nodes: ReadonlyMap<BytePath, FilesystemNode>;
}

/**
 * Merges readings, lowest first, as an overlay file system does.
 * @throws Failure archive-invalid where a hard link has no target
 */
export function mergeLayers(readings: readonly LayerReading[]): Filesystem {
  const root = emptyRoot();
  for (const [layer, reading] of readings.entries()) applyLayer(root, reading, layer);
  return { nodes: listNodes(root) };
}

/** Regular files, in byte order of their paths: each once, under the first of its names. */
export function filesOnce({ nodes }: Filesystem): readonly FilesystemNode[] {
  const files: FilesystemNode[] = [];
  let position = 0;
  // Not by an iterator, which makes an object for each of a hundred thousand.
  nodes.forEach((node) => {
    if (node.entry.type === "file" && node.inode === position) files.push(node);
    position++;
  });
  return files;
}

/**
 * What a path leads to for a process in the container: links are followed, inside the root only (a link to `/x` starts
 * at the root again, `..` does not leave it).
 * @param path absolute or relative to the root; need not be clean
 * @returns null where there is nothing, where a parent is no directory, after 40 links (ELOOP), and for the root
 * itself, which has no node
 */
export function resolve(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  let here: FilesystemNode | null = null;
  let links = 0;
  const rest = path.split("/").reverse();
  for (let part = rest.pop(); part !== undefined; part = rest.pop()) {
    if (here !== null && here.entry.type !== "directory") return null;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      here = nodeAt(filesystem, parentOf(here?.path ?? ""));
      continue;
    }
    const next: FilesystemNode | undefined = filesystem.nodes.get(
      here === null ? part : `${here.path}/${part}`,
    );
    if (next === undefined) return null;
    if (next.entry.type !== "symlink") {
      here = next;
      continue;
    }
    if (++links > limits.links) return null;
    const target = next.entry.linkTarget ?? "";
    if (target.startsWith("/")) here = null;
    rest.push(...target.split("/").reverse());
  }
  return here;
}

/** Where a symbolic link ends, however many links lie between; a node that is none is its own end. Null: nowhere. */
export function resolveLink(filesystem: Filesystem, node: FilesystemNode): FilesystemNode | null {
  return node.entry.type === "symlink" ? resolve(filesystem, node.path) : node;
}

function listNodes(root: Directory): Map<BytePath, FilesystemNode> {
  const nodes = new Map<BytePath, FilesystemNode>();
  const firstNames = new Map<Inode, number>();
  const add = (path: BytePath, inode: Inode) => {
    const first = firstNames.get(inode) ?? nodes.size;
    if (inode.isLinked) firstNames.set(inode, first);
    nodes.set(path, { path, entry: inode.entry, layer: inode.layer, inode: first });
  };
  const list = (parent: Directory, prefix: string) => {
    for (const key of keysOf(parent)) {
      const part = key.endsWith("/") ? key.slice(0, -1) : key;
      const inode = parent.children.get(part);
      if (inode === undefined) continue;
      if (key === part) add(joined(prefix, part, inode.entry.path), inode);
      else if (isDirectory(inode)) list(inode, prefix + key);
    }
  };
  list(root, "");
  return nodes;
}

/**
 * Names in the byte order of whole paths, where what a directory holds does not follow on the directory: `a`, `a-b`, `a/c`. So it
 * has a second key, with a slash.
 */
function keysOf({ children }: Directory): readonly string[] {
  const keys: string[] = [];
  children.forEach((inode, part) => {
    keys.push(part);
    if (isDirectory(inode)) keys.push(`${part}/`);
  });
  return keys.sort();
}

/** The path of an entry, as the text that is there already: of a hundred thousand paths few are other than their entry's. */
function joined(prefix: string, part: string, likely: BytePath): BytePath {
  const isLikely =
    likely.length === prefix.length + part.length && likely.startsWith(prefix) && likely.endsWith(part);
  return isLikely ? likely : prefix + part;
}

function nodeAt(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  return filesystem.nodes.get(path) ?? null;
}
