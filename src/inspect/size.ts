import { bytesOf } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Image } from "../image/image.ts";

/** Returns *the* size of an image: the payload bytes of all layers, including files deleted later. */
export function imageSize({ layers }: Image): number {
  return layers.reduce((sum, { reading }) => sum + reading.size, 0);
}

/** Returns the bytes of the regular files in the final root filesystem. A hard-linked file counts once. */
export function unpackedSize(filesystem: Filesystem): number {
  return bytesOf(filesystem);
}
