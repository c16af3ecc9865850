import type { BytePath } from "../path.ts";
import { atOnce, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { nodeAt } from "./filesystem.ts";
import type { FilesystemNode } from "./node.ts";
import { nodesOfKinds, perDirectory, perFilesystem } from "./per-directory.ts";

/** Whether it is a regular file that a hard link was made to: symbolic links and devices can have several names, too. */
export function isLinkedFile({ inode, attributes }: FilesystemNode): boolean {
  return inode !== null && attributes.type === "file";
}

/** Linked files under every name, in byte order of their paths. */
export function linkedFiles(filesystem: Filesystem): readonly FilesystemNode[] {
  return searchLinks(filesystem).linked;
}

const searchLinks = nodesOfKinds({ linked: isLinkedFile });

/** Bytes of the regular files that have one name. */
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

/** Of each file that has several names the first one, by which it counts. The size of each directory asks for them. */
export const firstNames = perFilesystem<ReadonlyMap<FilesystemNode["inode"], FilesystemNode>>(
  function* (filesystem) {
    const first = new Map<FilesystemNode["inode"], FilesystemNode>();
    const { linked } = yield* searchLinks.work(filesystem);
    for (const node of linked) if (!first.has(node.inode)) first.set(node.inode, node);
    return first;
  },
);

/** Sums up all directories, so that what is asked of them afterwards is known. */
export function* measuring(filesystem: Filesystem): Work<void> {
  yield* singleFiles(filesystem.children);
  yield* firstNames.work(filesystem);
}

/** Bytes of all regular files; a file counts once, however many hard links it has. */
export function bytesOf(filesystem: Filesystem): number {
  let bytes = atOnce(singleFiles(filesystem.children));
  for (const { size } of firstNames(filesystem).values()) bytes += size;
  return bytes;
}

/** Bytes of the regular files under a directory, each under the first of its names; null where it is no directory. */
export function bytesUnder(filesystem: Filesystem, directory: BytePath): number | null {
  const children = nodeAt(filesystem, directory)?.children;
  if (children == null) return null;
  let bytes = atOnce(singleFiles(children));
  for (const { path, size } of firstNames(filesystem).values()) {
    if (path.startsWith(`${directory}/`)) bytes += size;
  }
  return bytes;
}
