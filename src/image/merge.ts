import type { Filesystem } from "./filesystem.ts";
import type { LayerReading } from "./layer-reading.ts";
import { Overlay } from "./overlay.ts";

/** Layers of one image, lowest first. */
export type Readings = readonly LayerReading[];

/**
 * Merges each image's readings, lowest first, as an overlay file system does. Layers that images begin with alike are
 * merged once, and what the rest does not change their filesystems share: to compare them costs what differs.
 * @returns the filesystems, in the images' order
 * @throws Failure archive-invalid where a hard link has no target
 */
export function mergeImages(images: readonly Readings[]): readonly Filesystem[] {
  const merged = new Map<Readings, Filesystem>();
  grow(Overlay.empty(), images, 0, merged);
  return images.map((image) => merged.get(image) ?? Overlay.empty());
}

/** Merges one image's readings. @throws Failure as mergeImages does */
export function mergeLayers(readings: Readings): Filesystem {
  const [filesystem = Overlay.empty()] = mergeImages([readings]);
  return filesystem;
}

/** @param images that agree on their first `depth` layers, which the overlay is made of */
function grow(
  overlay: Overlay,
  images: readonly Readings[],
  depth: number,
  merged: Map<Readings, Filesystem>,
): void {
  const branches = Map.groupBy(images, (image) => image[depth]?.diffId);
  for (const [diffId, branch] of branches) {
    const reading = branch[0]?.[depth];
    if (diffId === undefined || reading === undefined) {
      for (const image of branch) merged.set(image, overlay);
      continue;
    }
    const next = branches.size === 1 ? overlay : overlay.fork();
    next.apply(reading, depth);
    grow(next, branch, depth + 1, merged);
  }
}
