import type { BytePath } from "../path.ts";
import { baseOf } from "../path.ts";
import { atOnce, type Work } from "../work.ts";
import { LinkEnds } from "./link-ends.ts";
import type { Children, FilesystemNode } from "./node.ts";

/** The final root filesystem, as a container would see it: readings merged in order, whiteouts applied. */
export interface Filesystem {
  /** of the root itself, which has no node */
  readonly children: Children;
}

/** What stands at a clean path; null: nothing, and for the root itself, which has no node. No link is followed. */
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
 * What a path leads to for a process in the container: links are followed, inside the root only (a link to `/x` starts
 * at the root again, `..` does not leave it).
 * @param path absolute or relative to the root; need not be clean
 * @returns null where there is nothing, where a parent is no directory, after 40 links (ELOOP), and for the root
 * itself, which has no node
 * @throws Failure limit-exceeded, as resolveLink does, for links that a stranger made to be followed without end
 */
export function resolve(filesystem: Filesystem, path: BytePath): FilesystemNode | null {
  return atOnce(linkEnds(filesystem).following(path));
}

/** Where a symbolic link ends, however many links lie between; a node that is none is its own end. Null: nowhere. */
export function resolveLink(filesystem: Filesystem, node: FilesystemNode): FilesystemNode | null {
  return atOnce(resolvingLink(filesystem, node));
}

/** `resolveLink`, as work: links may lead through a million others. */
export function* resolvingLink(filesystem: Filesystem, node: FilesystemNode): Work<FilesystemNode | null> {
  return node.attributes.type === "symlink" ? yield* linkEnds(filesystem).findingEnd(node) : node;
}

const known = new WeakMap<Children, LinkEnds>();

function linkEnds({ children }: Filesystem): LinkEnds {
  const ends = known.get(children) ?? new LinkEnds(children);
  known.set(children, ends);
  return ends;
}

/** Every path but the root itself, in byte order. */
export function* inByteOrder({ children }: Filesystem): Generator<FilesystemNode, void> {
  // The directories that are being listed, each with what is still to come. A list, so that each path costs the same.
  const open = [keysOf(children)];
  for (let here = open.at(-1); here !== undefined; here = open.at(-1)) {
    const key = here.keys[here.next++];
    if (key === undefined) {
      open.pop();
      continue;
    }
    const node = here.children.get(key.endsWith("/") ? key.slice(0, -1) : key);
    if (node === undefined) continue;
    if (!key.endsWith("/")) yield node;
    else if (node.children !== null) open.push(keysOf(node.children));
  }
}

/** What a directory holds does not follow on the directory: `a`, `a-b`, `a/c`. So it has a second key, with a slash. */
function keysOf(children: Children): { readonly children: Children; readonly keys: string[]; next: number } {
  const keys: string[] = [];
  children.forEach((node) => {
    const name = baseOf(node.path);
    keys.push(name);
    if (node.children !== null) keys.push(`${name}/`);
  });
  return { children, keys: keys.sort(), next: 0 };
}
