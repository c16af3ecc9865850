import { bytesOf } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Image } from "../image/image.ts";

/** Bytes: the sum of the layers' payload, deleted-later bytes included. *The* size of an image. */
export function imageSize({ layers }: Image): number {
  return layers.reduce((sum, { reading }) => sum + reading.size, 0);
}

/** Bytes of the regular files in the final root filesystem; a file counts once, however many hard links it has. */
export function unpackedSize(filesystem: Filesystem): number {
  return bytesOf(filesystem);
}
