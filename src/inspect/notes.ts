import type { Anomaly } from "../image/layer/entry.ts";
import type { LayerReading } from "../image/layer/reading.ts";
import { displayPath } from "../image/path.ts";
import { notesOnBytesBesidePayload } from "./beside-payload.ts";
import type { PointerEntry } from "./lfs-pointers.ts";

/** How each kind is told; `path` is the first one's, as a stranger wrote it. */
const sentences: Record<Anomaly["kind"], (count: number, path: string) => string> = {
  "duplicate-path": (count, path) =>
    `${paths(count)} more than once in one layer, such as ${path}: the last one counts, and some engines refuse the image.`,
  "path-outside-root": (count, path) =>
    `${paths(count)} in a layer as leading out of the root filesystem, such as ${path}: they are taken inside it, and some engines refuse the image.`,
  "whiteout-with-replacement": (count, path) =>
    `${paths(count)} both deleted and made in one layer, such as ${path}: engines disagree about what lies below.`,
  "unknown-pax-record": (count, path) =>
    `${paths(count)} in a layer with a tar record that no standard knows, such as ${path}: other programs may read them otherwise.`,
};

/** What the spec forbids, runtimes disagree about, or no size counts; one sentence for each kind. */
export function notesOf(
  readings: readonly LayerReading[],
  lfsPointers: readonly PointerEntry[],
): readonly string[] {
  const byKind = Map.groupBy(
    readings.flatMap(({ anomalies }) => anomalies),
    ({ kind }) => kind,
  );
  const disagreements = [...byKind].map(([kind, paths]) =>
    sentences[kind](paths.length, displayPath(paths[0]?.path ?? "").path),
  );
  return [...disagreements, ...notesOnBytesBesidePayload(readings), ...notesOnPointers(lfsPointers)];
}

function notesOnPointers([first, ...more]: readonly PointerEntry[]): readonly string[] {
  if (first === undefined) return [];
  const { path } = displayPath(first.path);
  const what = more.length === 0 ? `${path} is a pointer` : `${path} and ${more.length} more are pointers`;
  return [
    `${what} of Git LFS, in place of what a checkout with lfs: true brings: sizes here are without that.`,
  ];
}

function paths(count: number): string {
  return count === 1 ? "1 path is" : `${count} paths are`;
}
