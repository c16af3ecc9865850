import type { Anomaly } from "../image/layer/entry.ts";
import type { LayerReading } from "../image/layer/reading.ts";
import { displayPath } from "../image/path.ts";
import { notesOnBytesBesidePayload } from "./beside-payload.ts";
import type { PointerEntry } from "./lfs-pointers.ts";

/** The note for each kind of anomaly. `path` is the first path, which is untrusted text. */
const sentences: Record<Anomaly["kind"], (count: number, path: string) => string> = {
  "duplicate-path": (count, path) =>
    `${paths(count, "occurs", "occur")} more than once in one layer, such as ${path}. The last one counts; some engines refuse the image.`,
  "path-outside-root": (count, path) =>
    `${paths(count, "leads", "lead")} out of the root filesystem, such as ${path}. Image Audit reads it inside the root; some engines refuse the image.`,
  "whiteout-with-replacement": (count, path) =>
    `${paths(count, "is", "are")} both deleted and created in one layer, such as ${path}. Engines disagree about the content below.`,
  "unknown-pax-record": (count, path) =>
    `${paths(count, "has", "have")} a nonstandard tar record, such as ${path}. Other programs may read it differently.`,
};

/**
 * Returns notes about what the spec forbids, runtimes disagree on, or no size counts: one note for each kind.
 */
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
  const what =
    more.length === 0
      ? `${path} is a Git LFS pointer`
      : `${path} and ${more.length} more files are Git LFS pointers`;
  return [`${what}. Sizes do not include the files that a checkout with lfs: true would fetch.`];
}

function paths(count: number, singular: string, plural: string): string {
  return count === 1 ? `1 path ${singular}` : `${count} paths ${plural}`;
}
