import type { BytePath, LayerEntry } from "./layer-reading.ts";

/** One path of the final root filesystem. */
export interface FilesystemNode {
  readonly path: BytePath;
  /** never a whiteout; type, mode, owner and size are those a container would see */
  readonly entry: LayerEntry;
  /** index of the layer that holds what is seen here, 0 = lowest */
  readonly layer: number;
  /** paths that share one inode share this number; unique otherwise */
  readonly inode: number;
}

/** The final root filesystem, as a container would see it: readings merged in order, whiteouts applied. */
export interface Filesystem {
  /** every path but the root itself, by BytePath; in byte order of the paths */
  readonly nodes: ReadonlyMap<BytePath, FilesystemNode>;
}
