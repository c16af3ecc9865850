import type { FilesystemNode } from "../image/filesystem/node.ts";
import { nodesOfKinds } from "../image/filesystem/per-directory.ts";
import { isGitDirectory } from "./git-directories.ts";
import { isLeftover } from "./leftovers.ts";
import { recordsPackages } from "./packages/find-packages.ts";
import { isPrivileged } from "./privileged.ts";
import { isExecutableMode } from "./programs/executable.ts";
import { isPackageManager } from "./programs/package-manager.ts";
import { couldBeShell } from "./programs/shell.ts";
import { isBuildTool } from "./programs/tools.ts";
import { couldBeUnread } from "./programs/unread.ts";

export const candidateKinds = {
  shells: couldBeShell,
  packageManagers: isPackageManager,
  buildTools: isBuildTool,
  unread: couldBeUnread,
  gitDirectories: isGitDirectory,
  leftovers: isLeftover,
  privileged: isPrivileged,
  packageRecords: recordsPackages,
  links: ({ attributes }: FilesystemNode) => attributes.type === "symlink",
};

/** Finds the nodes of each kind, sorted by path, in one walk of a filesystem. */
export const candidatesIn = nodesOfKinds(candidateKinds, isPlain);

/**
 * Reports whether nobody can execute the file, it gives no privileges, and nothing is known about its content. Most
 * files are plain.
 */
function isPlain({ attributes: { type, mode, content, capabilities } }: FilesystemNode): boolean {
  return (
    type === "file" &&
    !isExecutableMode(mode) &&
    (mode & 0o6000) === 0 &&
    content === undefined &&
    capabilities === undefined
  );
}
