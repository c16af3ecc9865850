import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import { displayPath } from "../../image/path.ts";
import { isExecutable } from "./executable.ts";

/**
 * A program that could not be identified by its content. The dynamic loader may run it without an exec bit.
 */
export interface Unread {
  /** absolute, for people */
  readonly path: string;
  /** the reason, as the predicate of a sentence that begins with the path */
  readonly detail: string;
}

/** Returns the programs that may be a shell or a package manager, sorted by path, each file once. */
export function findUnread({ unread: candidates }: NodesOfKinds<"unread">): readonly Unread[] {
  const seen = new Set<object>();
  const unread: Unread[] = [];
  for (const node of candidates) {
    const detail = reasonOf(node);
    if (detail === null || seen.has(node.inode ?? node)) continue;
    seen.add(node.inode ?? node);
    unread.push({ path: displayPath(node.path).path, detail });
  }
  return unread;
}

export function couldBeUnread(node: FilesystemNode): boolean {
  return node.attributes.type === "file" && reasonOf(node) !== null;
}

function reasonOf(node: FilesystemNode): string | null {
  const { content } = node.attributes;
  // A hard link can give a file an exec bit that its header did not have when it was read.
  if (content === undefined) return isExecutable(node) ? "became executable only through a hard link" : null;
  if (content.markers?.includes(packedMarker)) return "is packed with UPX";
  if (content.markers?.includes(denseMarker))
    return "has no section headers and contains compressed or encrypted bytes, like packed programs";
  if (content.markers?.includes(unreadMarker)) return "is too large to search";
  return null;
}

/** In Content.markers: UPX packed the program, so that its content cannot be searched. */
export const packedMarker = "packed";

/** In Content.markers: the program seems to be packed by other means. */
export const denseMarker = "dense";

/** In Content.markers: the program exceeds the limit of the search. */
export const unreadMarker = "unread";
