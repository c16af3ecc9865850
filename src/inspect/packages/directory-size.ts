import { type Filesystem, nodeAt } from "../../image/filesystem/filesystem.ts";
import type { Children } from "../../image/filesystem/node.ts";
import { perDirectory } from "../../image/filesystem/per-directory.ts";
import type { PackageType } from "../../image/layer/content.ts";
import { type BytePath, parentOf } from "../../image/path.ts";
import { atOnce, type Work } from "../../image/work.ts";

/** The regular files in a directory and below it. */
interface Sum {
  readonly bytes: number;
  /** whether a file in it has other names, which may be outside */
  readonly hasLinks: boolean;
}

const none: Sum = { bytes: 0, hasLinks: false };

const sumOf = perDirectory<Sum>(() => {
  let bytes = 0;
  let hasLinks = false;
  return {
    add(node) {
      if (node.children !== null) return;
      bytes += node.size;
      hasLinks ||= node.inode !== null;
    },
    addBelow(below) {
      bytes += below.bytes;
      hasLinks ||= below.hasLinks;
    },
    result: () => ({ bytes, hasLinks }),
  };
});

/**
 * Sums up the directory of a package, so that a later call of `directorySize` is fast.
 * @param path of the file that records the package
 */
export function* measuringDirectory(filesystem: Filesystem, type: PackageType, path: BytePath): Work<void> {
  const directory = directoryOf(filesystem, type, path);
  if (directory !== null) yield* sumOf(directory);
}

/**
 * Returns the bytes of a package's directory: all that npm installed for it, without the packages in its
 * node_modules.
 * @param path of the file that records the package
 * @returns null for other types, whose directories do not tell, and if hard links share files with others
 */
export function directorySize(filesystem: Filesystem, type: PackageType, path: BytePath): number | null {
  const directory = directoryOf(filesystem, type, path);
  if (directory === null) return null;
  const nested = directory.get("node_modules")?.children;
  const [whole, inner] = [atOnce(sumOf(directory)), nested == null ? none : atOnce(sumOf(nested))];
  return whole.hasLinks ? null : whole.bytes - inner.bytes;
}

function directoryOf(filesystem: Filesystem, type: PackageType, path: BytePath): Children | null {
  return type === "npm" ? (nodeAt(filesystem, parentOf(path))?.children ?? null) : null;
}
