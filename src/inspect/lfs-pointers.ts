import type { Buffer } from "node:buffer";
import type { LayerReading } from "../image/layer/reading.ts";
import { type BytePath, displayPath } from "../image/path.ts";
import type { InspectedLayer, LfsPointer } from "./inspection.ts";

/** In Content.markers: the file is a pointer of Git LFS, which stands for another one. */
export const lfsPointerMarker = "lfs-pointer";

/** As much of a file as Git LFS looks at, in bytes (git-lfs, lfs/pointer.go). */
const looked = 1024;
/** The name of its format, and what that was called before (git-lfs, docs/spec.md and lfs/pointer.go). */
const versions: ReadonlySet<string> = new Set([
  "version https://git-lfs.github.com/spec/v1",
  "version https://hawser.github.com/spec/v1",
  "version http://git-media.io/v/2",
]);

/**
 * Whether Git LFS takes a file for a pointer. It is more lenient than its specification: blank lines, spaces around the
 * whole and carriage returns are passed over, and so is what an extension adds.
 */
export function isLfsPointer(head: Buffer): boolean {
  if (!mayBegin(head[0] ?? 0)) return false;
  const text = head.toString("utf8", 0, looked);
  if (!text.includes("version http")) return false;
  const lines = text.replace(spaceAround, "").split(/\r?\n/);
  const [version = "", oid = "", size = "", ...more] = lines.filter(
    (line) => line !== "" && !extension.test(line),
  );
  return versions.has(version) && oid.startsWith("oid ") && size.startsWith("size ") && more.length === 0;
}

/** What Go's bytes.TrimSpace takes away, which is more than JavaScript's by one. */
const spaceAround = /^[\s\u0085]+|[\s\u0085]+$/g;
const extension = /^ext-[0-9]-\w/;

/** Most files begin otherwise, and are done with. */
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
 * Files that a checkout without `lfs: true` left out: what the image will hold once they are there, nobody can tell. Layers
 * are looked through and not the final root filesystem, since what is deleted there has its size all the same.
 */
export function lfsPointersIn(readings: readonly LayerReading[]): readonly PointerEntry[] {
  return readings.flatMap(({ entries }, layer) => {
    const marked = entries.columns.distinct.map(({ content }) =>
      content?.markers?.includes(lfsPointerMarker),
    );
    if (!marked.includes(true)) return [];
    const found: PointerEntry[] = [];
    entries.columns.attributes.forEach((attributes, index) => {
      if (marked[attributes]) found.push({ path: entries.pathAt(index), layer });
    });
    return found;
  });
}

/** The first of them; those of the base image last, since they decide nothing. */
export function firstPointers(
  pointers: readonly PointerEntry[],
  layers: readonly InspectedLayer[],
): readonly LfsPointer[] {
  const isOwn = ({ layer }: PointerEntry) => layers[layer]?.origin !== "base-image";
  const ordered = [...pointers.filter(isOwn), ...pointers.filter((pointer) => !isOwn(pointer))];
  return ordered.slice(0, most).map(({ path, layer }) => ({ ...displayPath(path), layer }));
}

const most = 10;
