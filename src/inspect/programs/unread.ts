import type { FilesystemNode } from "../../image/filesystem/node.ts";
import type { NodesOfKinds } from "../../image/filesystem/per-directory.ts";
import { displayPath } from "../../image/path.ts";
import { isExecutable } from "./executable.ts";

/** A program, with an exec bit or for the dynamic loader, whose bytes could not tell what it is. */
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
  return node.attributes.type === "file" && reasonOf(node) !== null;
}

function reasonOf(node: FilesystemNode): string | null {
  const { content } = node.attributes;
  // A hard link can give its file an exec bit that the file's own header lacked while it was read.
  if (content === undefined) return isExecutable(node) ? "became executable through a hard link only" : null;
  if (content.markers?.includes(packedMarker)) return "is packed by UPX";
  if (content.markers?.includes(denseMarker))
    return "has no section headers and holds compressed or encrypted bytes, as packed programs do";
  if (content.markers?.includes(unreadMarker)) return "is too large to be searched";
  return null;
}

/** In Content.markers: UPX packed the program, so that its bytes tell nothing. */
export const packedMarker = "packed";

/** In Content.markers: it is as if packed, by whatever means. */
export const denseMarker = "dense";

/** In Content.markers: the program is larger than what is searched. */
export const unreadMarker = "unread";
