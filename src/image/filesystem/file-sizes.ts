import { type BytePath, parentOf } from "../path.ts";
import { atOnce, type Work } from "../work.ts";
import { type Filesystem, nodeAt } from "./filesystem.ts";
import { firstNames } from "./linked-files.ts";
import type { FilesystemNode } from "./node.ts";
import { perDirectory } from "./per-directory.ts";

/** Bytes of the regular files with a single name. */
const singleFiles = perDirectory<number>(() => {
  let bytes = 0;
  return {
    add(node) {
      if (node.children === null && node.inode === null) bytes += node.size;
    },
    addBelow(below) {
      bytes += below;
    },
    result: () => bytes,
  };
});

/** Sums up all directories, so that later calls of `bytesOf` and `bytesUnder` are fast. */
export function* measuring(filesystem: Filesystem): Work<void> {
  yield* singleFiles(filesystem.children);
  yield* firstNames.work(filesystem);
}

/** Returns the bytes of all regular files. A file counts once, however many hard links it has. */
export function bytesOf(filesystem: Filesystem): number {
  let bytes = atOnce(singleFiles(filesystem.children));
  for (const { size } of firstNames(filesystem).values()) bytes += size;
  return bytes;
}

/**
 * Returns the bytes of the regular files whose first name is under a directory; null if the path is not a
 * directory.
 */
export function bytesUnder(filesystem: Filesystem, directory: BytePath): number | null {
  const children = nodeAt(filesystem, directory)?.children;
  if (children == null) return null;
  let bytes = atOnce(singleFiles(children));
  for (const { path, size } of firstNames(filesystem).values()) {
    if (path.startsWith(`${directory}/`)) bytes += size;
  }
  return bytes;
}

/** Like `bytesUnder` for each of several directories, none of them inside another. */
export function bytesUnderEach(
  filesystem: Filesystem,
  directories: readonly FilesystemNode[],
): readonly number[] {
  const bytes = new Map<BytePath, number>();
  for (const { path, children } of directories) {
    bytes.set(path, children === null ? 0 : atOnce(singleFiles(children)));
  }
  for (const { path, size } of directories.length === 0 ? [] : firstNames(filesystem).values()) {
    for (let parent = parentOf(path); parent !== ""; parent = parentOf(parent)) {
      const before = bytes.get(parent);
      if (before !== undefined) bytes.set(parent, before + size);
    }
  }
  return directories.map(({ path }) => bytes.get(path) ?? 0);
}
