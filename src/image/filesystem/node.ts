import type { EntryAttributes } from "../layer/entry-table.ts";
import type { BytePath } from "../path.ts";
import type { Work } from "../work.ts";

/** The children of a directory by name. Filesystems with the same directory can share it. */
export interface Children {
  get(name: string): FilesystemNode | undefined;
  /** in no order */
  forEach(visit: (node: FilesystemNode) => void): void;
  /** Does the one-time work of `get`, which takes long in a large directory. */
  opening?(): Work<void>;
}

/**
 * One path of the final root filesystem. Two lookups may return two nodes; compare their path, `children` or
 * `inode` instead.
 */
export interface FilesystemNode {
  readonly path: BytePath;
  /** attributes as a container sees them: never a whiteout, and for a hard link those of its file */
  readonly attributes: EntryAttributes;
  /** bytes; 0 for everything except regular files */
  readonly size: number;
  /** CRC-32 of the payload; 0 for everything except regular files */
  readonly crc32: number;
  /** seconds since the epoch, whole */
  readonly modified: number;
  /** index of the layer that this node is from, 0 = lowest */
  readonly layer: number;
  /** null if not a directory */
  readonly children: Children | null;
  /** identical for all hard links of one file; null without hard links */
  readonly inode: object | null;
}

/** Lists a directory's children, in no order: a visit of `forEach` cannot pause. */
export function nodesIn<Node extends FilesystemNode>(children: {
  forEach(visit: (node: Node) => void): void;
}): readonly Node[] {
  const nodes: Node[] = [];
  children.forEach((node) => {
    nodes.push(node);
  });
  return nodes;
}
