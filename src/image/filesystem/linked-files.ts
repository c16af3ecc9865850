import type { Filesystem } from "./filesystem.ts";
import type { FilesystemNode } from "./node.ts";
import { nodesOfKinds, perFilesystem } from "./per-directory.ts";

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
