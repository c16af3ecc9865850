import type { BytePath } from "../path.ts";
import { atOnce, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { nodeAt } from "./filesystem.ts";
import type { FilesystemNode } from "./node.ts";
import { nodesOfKinds, perDirectory, perFilesystem } from "./per-directory.ts";

/**
 * Reports whether a node is a regular file with hard links. Symbolic links and devices can have hard links,
 * too.
 */
export function isLinkedFile({ inode, attributes }: FilesystemNode): boolean {
  return inode !== null && attributes.type === "file";
}

/** Returns the linked files under every name, in byte order of their paths. */
export function linkedFiles(filesystem: Filesystem): readonly FilesystemNode[] {
  return searchLinks(filesystem).linked;
}

const searchLinks = nodesOfKinds({ linked: isLinkedFile });

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

/**
 * The first name of each file that has several: the file counts there. Needed for the size of every
 * directory.
 */
export const firstNames = perFilesystem<ReadonlyMap<FilesystemNode["inode"], FilesystemNode>>(
  function* (filesystem) {
    const first = new Map<FilesystemNode["inode"], FilesystemNode>();
    const { linked } = yield* searchLinks.work(filesystem);
    for (const node of linked) if (!first.has(node.inode)) first.set(node.inode, node);
    return first;
  },
);

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
