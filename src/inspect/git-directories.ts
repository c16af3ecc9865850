import { bytesUnder } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../image/filesystem/node.ts";
import type { NodesOfKinds } from "../image/filesystem/per-directory.ts";
import { displayPath } from "../image/path.ts";
import type { GitDirectory } from "./inspection.ts";

/** Reports whether a directory is a `.git` directory of a repository: git requires a HEAD and objects. */
export function isGitDirectory({ path, children }: FilesystemNode): boolean {
  if (children === null || !(path === ".git" || path.endsWith("/.git"))) return false;
  return children.get("HEAD") !== undefined && children.get("objects")?.children != null;
}

/** Finds the git directories in the final root filesystem, the largest first, at most ten. */
export function findGitDirectories(
  filesystem: Filesystem,
  { gitDirectories }: NodesOfKinds<"gitDirectories">,
): readonly GitDirectory[] {
  return gitDirectories
    .slice(0, maxMeasured)
    .map(({ path, layer, children }) => ({
      ...displayPath(path),
      bytes: bytesUnder(filesystem, path) ?? 0,
      // Later steps touch the directory, because git refreshes its index. HEAD stays in its first layer.
      layer: children?.get("HEAD")?.layer ?? layer,
    }))
    .toSorted((a, b) => b.bytes - a.bytes)
    .slice(0, maxListed);
}

const maxListed = 10;

/** Each directory is measured separately, and a malicious image may have hundreds of thousands. */
const maxMeasured = 20;
