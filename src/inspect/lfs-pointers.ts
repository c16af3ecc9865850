import type { Buffer } from "node:buffer";
import type { FilesystemNode } from "../image/filesystem.ts";
import { displayPath } from "../image/path.ts";
import type { NodesOfKinds } from "../image/per-directory.ts";
import type { LfsPointer } from "./inspect.ts";

/** In Content.markers: the file is a pointer of Git LFS, which stands for another one. */
export const lfsPointerMarker = "lfs-pointer";

/** Every pointer begins so, and is smaller than a kilobyte (git-lfs, docs/spec.md). */
const begin = "version https://git-lfs.github.com/spec/v1\n";
const largest = 1024;

export function isLfsPointer(head: Buffer, size: number): boolean {
  return size < largest && head.toString("latin1", 0, begin.length) === begin;
}

export function isMarkedAsPointer({ attributes: { content } }: FilesystemNode): boolean {
  return content?.markers?.includes(lfsPointerMarker) ?? false;
}

/** Files that a checkout without `lfs: true` left out: what the image will hold once they are there, nobody can tell. */
export function findLfsPointers({ lfsPointers }: NodesOfKinds<"lfsPointers">): readonly LfsPointer[] {
  return lfsPointers.slice(0, most).map(({ path, layer }) => ({ ...displayPath(path), layer }));
}

const most = 10;
