import type { FilesystemNode } from "../image/filesystem.ts";
import { displayPath } from "../image/path.ts";
import type { NodesOfKinds } from "../image/per-directory.ts";
import { packedMarker, unreadMarker } from "./content.ts";
import { isExecutable } from "./executable.ts";

/** A program whose bytes could not tell what it is. */
export interface Unread {
  /** absolute, for people */
  readonly path: string;
  /** why, as the end of a sentence that begins with the path */
  readonly detail: string;
}

/** Programs that could be a shell or a package manager, for all that is known; by path, each file once. */
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
  return isExecutable(node) && reasonOf(node) !== null;
}

function reasonOf({ attributes: { content } }: FilesystemNode): string | null {
  // A hard link can give its file an exec bit that the file's own header lacked while it was read.
  if (content === undefined) return "became executable through a hard link only";
  if (content.markers?.includes(packedMarker)) return "is packed by UPX";
  if (content.markers?.includes(unreadMarker)) return "is too large to be searched";
  return null;
}
