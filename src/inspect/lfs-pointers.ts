import type { Buffer } from "node:buffer";
import type { ExaminedFile } from "../image/layer/content.ts";
import type { EntryAttributes } from "../image/layer/entry-table.ts";
import type { LayerReading } from "../image/layer/reading.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { Examination } from "./examiner.ts";
import type { InspectedLayer, LfsPointer } from "./inspection.ts";

/** In Content.markers: the file is a Git LFS pointer, in place of another file. */
export const lfsPointerMarker = "lfs-pointer";

/** Marks Git LFS pointers. Git LFS examines as many bytes of a file as a head has (git-lfs, lfs/pointer.go). */
export function examinePointer(_file: ExaminedFile, head: Buffer): Examination | null {
  return isLfsPointer(head) ? pointer : null;
}

const pointer: Examination = { update() {}, finish: () => ({ markers: [lfsPointerMarker] }) };

/** The format's version line, and its older forms (git-lfs, docs/spec.md and lfs/pointer.go). */
const versions: ReadonlySet<string> = new Set([
  "version https://git-lfs.github.com/spec/v1",
  "version https://hawser.github.com/spec/v1",
  "version http://git-media.io/v/2",
]);

/**
 * Reports whether Git LFS accepts a file as a pointer. It is more lenient than its specification: it ignores
 * blank lines, carriage returns, surrounding white space, and lines of extensions.
 */
function isLfsPointer(head: Buffer): boolean {
  if (!mayBegin(head[0] ?? 0)) return false;
  // Before decoding, since compressed files may begin so.
  if (!head.includes("version http", 0, "latin1")) return false;
  const lines = head.toString("utf8").replace(spaceAround, "").split(/\r?\n/);
  const [version = "", oid = "", size = "", ...more] = lines.filter(
    (line) => line !== "" && !extension.test(line),
  );
  return versions.has(version) && oid.startsWith("oid ") && size.startsWith("size ") && more.length === 0;
}

/** What Go's bytes.TrimSpace removes: one character more than JavaScript's trim. */
const spaceAround = /^[\s\u0085]+|[\s\u0085]+$/g;
const extension = /^ext-[0-9]-\w/;

/** Reports whether a pointer may begin with this byte. Most files do not, so that this check is quick. */
function mayBegin(byte: number): boolean {
  const isSpaceOrNotAscii = byte <= 0x20 || byte >= 0x80;
  return isSpaceOrNotAscii || byte === 0x65 || byte === 0x76;
}

/** A pointer in a layer, whether a later layer deletes it or not. */
export interface PointerEntry {
  readonly path: BytePath;
  /** index into the image's layers */
  readonly layer: number;
}

/**
 * Finds pointers that a checkout without `lfs: true` left in place of files. The image's size with those
 * files is unknown. Searches the layers, not the final root filesystem, because deleted files count for the
 * size, too.
 */
export function lfsPointersIn(readings: readonly LayerReading[]): readonly PointerEntry[] {
  return readings.flatMap(({ entries }, layer) =>
    [...entries.telling(markerOf)].map(([index]) => ({ path: entries.pathAt(index), layer })),
  );
}

function markerOf({ content }: EntryAttributes): string | null {
  return content?.markers?.find((marker) => marker === lfsPointerMarker) ?? null;
}

/** Returns the first pointers, at most ten. Those of the base image are last, because they decide nothing. */
export function firstPointers(
  pointers: readonly PointerEntry[],
  layers: readonly InspectedLayer[],
): readonly LfsPointer[] {
  const isOwn = ({ layer }: PointerEntry) => layers[layer]?.origin !== "base-image";
  const ordered = [...pointers.filter(isOwn), ...pointers.filter((pointer) => !isOwn(pointer))];
  return ordered.slice(0, maxListed).map(({ path, layer }) => ({ ...displayPath(path), layer }));
}

const maxListed = 10;
