import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { NodesOfKinds } from "../image/filesystem/per-directory.ts";
import { displayPath } from "../image/path.ts";
import type { PrivilegedFile } from "./inspection.ts";

const setUid = 0o4000;
const setGid = 0o2000;

/** Reports whether a file gives privileges to whoever executes it. Directories with these bits do not. */
export function isPrivileged({ attributes: { type, mode, capabilities } }: FilesystemNode): boolean {
  return type === "file" && ((mode & (setUid | setGid)) !== 0 || capabilities !== undefined);
}

/** Lists the privileged files, by path. Each name of a file with hard links counts. */
export function findPrivileged({ privileged }: NodesOfKinds<"privileged">): readonly PrivilegedFile[] {
  return privileged.map((node) => ({
    ...displayPath(node.path),
    by: privilegesOf(node),
    uid: node.attributes.uid,
    gid: node.attributes.gid,
    bytes: node.size,
    layer: node.layer,
  }));
}

function privilegesOf({ attributes: { mode, capabilities } }: FilesystemNode): PrivilegedFile["by"] {
  return [
    ...((mode & setUid) === 0 ? [] : (["setuid"] as const)),
    ...((mode & setGid) === 0 ? [] : (["setgid"] as const)),
    ...(capabilities === undefined ? [] : (["capabilities"] as const)),
  ];
}
