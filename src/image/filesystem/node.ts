import type { EntryAttributes } from "../layer/entry-table.ts";
import type { BytePath } from "../path.ts";
import type { Work } from "../work.ts";

/** What a directory holds, by name. Filesystems that agree on a directory share it. */
export interface Children {
  get(name: string): FilesystemNode | undefined;
  /** in no order */
  forEach(visit: (node: FilesystemNode) => void): void;
  /** Does what `get` has to do once, which takes long where a directory is large. */
  opening?(): Work<void>;
}

/**
 * One path of the final root filesystem. Who asks for it twice may get two nodes: what is the same has the same path,
 * `children` or `inode`.
 */
export interface FilesystemNode {
  readonly path: BytePath;
  /** What a container would see here: never a whiteout and never a hard link, of which this is the file that it leads to. */
  readonly attributes: EntryAttributes;
  /** bytes; 0 for everything but regular files */
  readonly size: number;
  /** seconds since the epoch, whole */
  readonly modified: number;
  /** index of the layer that holds what is seen here, 0 = lowest */
  readonly layer: number;
  /** null: not a directory */
  readonly children: Children | null;
  /** what the paths of one file have in common; null for what no hard link was made to */
  readonly inode: object | null;
}
