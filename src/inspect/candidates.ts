import type { FilesystemNode } from "../image/filesystem.ts";
import { nodesOfKinds } from "../image/per-directory.ts";
import { isBuildTool, isPackageManager } from "./package-manager.ts";
import { couldBeShell } from "./shell.ts";
import { couldBeUnread } from "./unread.ts";

/** What those who look for something in a filesystem look at; each by path. Found in one walk, for all of them. */
export const candidatesIn = nodesOfKinds({
  shells: couldBeShell,
  packageManagers: isPackageManager,
  buildTools: isBuildTool,
  unread: couldBeUnread,
  links: ({ attributes }: FilesystemNode) => attributes.type === "symlink",
});
