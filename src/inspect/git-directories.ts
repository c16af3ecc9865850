import { bytesUnder } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { NodesOfKinds } from "../image/filesystem/per-directory.ts";
import { displayPath } from "../image/path.ts";
import type { GitDirectory } from "./inspection.ts";

/** What git takes for a repository's directory by name: it has a HEAD, and objects. */
export function isGitDirectory({ path, children }: FilesystemNode): boolean {
  if (children === null || !(path === ".git" || path.endsWith("/.git"))) return false;
  return children.get("HEAD") !== undefined && children.get("objects")?.children != null;
}

/** Repositories in the final root filesystem, the largest first. */
export function findGitDirectories(
  filesystem: Filesystem,
  { gitDirectories }: NodesOfKinds<"gitDirectories">,
): readonly GitDirectory[] {
  return gitDirectories
    .slice(0, mostMeasured)
    .map(({ path, layer, children }) => ({
      ...displayPath(path),
      bytes: bytesUnder(filesystem, path) ?? 0,
      // Later steps touch the directory itself: git refreshes its index. HEAD stays where it came with.
      layer: children?.get("HEAD")?.layer ?? layer,
    }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, most);
}

const most = 10;

/** Each is measured by itself: a made-up image may have hundreds of thousands. */
const mostMeasured = 20;
