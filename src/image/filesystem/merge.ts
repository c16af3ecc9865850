import { Failure } from "../../failure.ts";
import type { ForEach } from "../for-each.ts";
import type { LayerReading } from "../layer/reading.ts";
import { limits } from "../limits.ts";
import { atOnce, type Work } from "../work.ts";
import type { Filesystem } from "./filesystem.ts";
import { Overlay } from "./overlay.ts";

/** The readings of one image, lowest first. */
export type Readings = readonly LayerReading[];

/**
 * Merges each image's readings, lowest first, as an overlay file system does. Merges the images' common
 * lowest layers once. The filesystems share every directory that no later layer changes, so the cost of a
 * comparison grows only with the differences.
 * @returns the filesystems, in the images' order
 * @throws Failure archive-invalid if a hard link has no target, limit-exceeded for an image with too many
 * files
 */
export function* merging<Images extends readonly Readings[]>(
  images: Images,
): Work<ForEach<Images, Filesystem>> {
  for (const image of images) checkAmount(image);
  const merged = new Map<Readings, Filesystem>();
  yield* grow(Overlay.empty(), images, 0, merged);
  return images.map((image) => merged.get(image) ?? Overlay.empty()) as ForEach<Images, Filesystem>;
}

/** Merges one image's readings. @throws Failure as merging does */
export function mergeLayers(readings: Readings): Filesystem {
  const [filesystem] = atOnce(merging([readings] as const));
  return filesystem;
}

function checkAmount(readings: Readings): void {
  let entries = 0;
  let text = 0;
  for (const reading of readings) {
    entries += reading.entries.length;
    text += reading.entries.columns.paths.length;
  }
  if (entries <= limits.imageEntries && text <= limits.imagePaths) return;
  throw new Failure(
    "limit-exceeded",
    `The image's layers list ${entries} files with ${text} bytes of paths, more than any honest image has.`,
  );
}

/**
 * Merges the remaining layers of images.
 * @param images have the same first `depth` layers, which the overlay already holds
 */
function* grow(
  overlay: Overlay,
  images: readonly Readings[],
  depth: number,
  merged: Map<Readings, Filesystem>,
): Work<void> {
  const branches = Map.groupBy(images, (image) => image[depth]?.diffId);
  for (const [diffId, branch] of branches) {
    const reading = branch[0]?.[depth];
    if (diffId === undefined || reading === undefined) {
      for (const image of branch) merged.set(image, overlay);
      continue;
    }
    const next = branches.size === 1 ? overlay : overlay.fork();
    yield* next.applying(reading, depth);
    yield* grow(next, branch, depth + 1, merged);
  }
}
