import type { FilesystemNode } from "../image/filesystem/node.ts";
import { nodesOfKinds } from "../image/filesystem/per-directory.ts";
import { isGitDirectory } from "./git-directories.ts";
import { isExecutableMode } from "./programs/executable.ts";
import { isBuildTool, isPackageManager } from "./programs/package-manager.ts";
import { couldBeShell } from "./programs/shell.ts";
import { couldBeUnread } from "./programs/unread.ts";

export const candidateKinds = {
  shells: couldBeShell,
  packageManagers: isPackageManager,
  buildTools: isBuildTool,
  unread: couldBeUnread,
  gitDirectories: isGitDirectory,
  links: ({ attributes }: FilesystemNode) => attributes.type === "symlink",
};

/** What those who look for something in a filesystem look at; each by path. Found in one walk, for all of them. */
export const candidatesIn = nodesOfKinds(candidateKinds, isPlain);

/** A file that nobody can execute, and of whose bytes nothing is known; most are. */
function isPlain({ attributes: { type, mode, content } }: FilesystemNode): boolean {
  return type === "file" && !isExecutableMode(mode) && content === undefined;
}
