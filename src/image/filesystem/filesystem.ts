import { type BytePath, baseOf } from "../path.ts";
import { atOnce, type Work } from "../work.ts";
import type { Hidden } from "./hidden.ts";
import { LinkEnds } from "./link-ends.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** The final root filesystem as a container sees it: readings merged in order, with whiteouts applied. */
export interface Filesystem {
  /** children of the root, which itself has no node */
  readonly children: Children;
  /** the entries that are in layers and not in the filesystem */
  readonly hidden: Hidden;
}

/**
 * Returns the node at a clean path, without following links. Returns null if there is none, and for the root.
 */
export function nodeAt(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  let children: Children | null = filesystem.children;
  let node: FilesystemNode | null = null;
  for (const part of path === "" ? [] : path.split("/")) {
    node = children?.get(part) ?? null;
    children = node?.children ?? null;
  }
  return node;
}

/**
 * Returns the node that a process in the container finds at a path. Follows links inside the root: a link to
 * `/x` starts at the root, and `..` does not leave it.
 * @param path absolute or relative to the root; need not be clean
 * @returns null if there is no node, if a parent is not a directory, after 40 links (ELOOP), and for the
 * root, which has no node
 * @throws Failure limit-exceeded, as resolveLink does, for links made to be followed endlessly
 */
export function resolve(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  return atOnce(linkEnds(filesystem).following(path));
}

/**
 * Returns the node where a chain of symbolic links ends, or null if it ends nowhere. Returns any other node
 * unchanged.
 */
export function resolveLink(filesystem: Filesystem, node: FilesystemNode): FilesystemNode | null {
  return atOnce(resolvingLink(filesystem, node));
}

/** Does the work of `resolveLink` in steps: links may lead through a million others. */
export function* resolvingLink(filesystem: Filesystem, node: FilesystemNode): Work<FilesystemNode | null> {
  return node.attributes.type === "symlink" ? yield* linkEnds(filesystem).findingEnd(node) : node;
}

const cache = new WeakMap<Children, LinkEnds>();

function linkEnds({ children }: Filesystem): LinkEnds {
  const ends = cache.get(children) ?? new LinkEnds(children);
  cache.set(children, ends);
  return ends;
}

/** Yields the node of every path except the root, in byte order. */
export function* inByteOrder({ children }: Filesystem): Generator<FilesystemNode, void> {
  // A stack of open directories instead of nested generators, so that the cost of a path does not grow with
  // its depth.
  const open = [keysOf(children)];
  for (let directory = open.at(-1); directory !== undefined; directory = open.at(-1)) {
    const key = directory.keys[directory.next++];
    if (key === undefined) {
      open.pop();
      continue;
    }
    const node = directory.children.get(key.endsWith("/") ? key.slice(0, -1) : key);
    if (node === undefined) continue;
    if (!key.endsWith("/")) yield node;
    else if (node.children !== null) open.push(keysOf(node.children));
  }
}

/**
 * Returns the sorted keys of a directory's children. A child directory has a second key with a slash for its
 * own children, since in byte order they do not directly follow it: `a`, `a-b`, `a/c`.
 */
function keysOf(children: Children): { readonly children: Children; readonly keys: string[]; next: number } {
  const keys: string[] = [];
  children.forEach((node) => {
    const name = baseOf(node.path);
    keys.push(name);
    if (node.children !== null) keys.push(`${name}/`);
  });
  return { children, keys: keys.sort(), next: 0 };
}
