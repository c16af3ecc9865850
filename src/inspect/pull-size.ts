import type { Image } from "../image/image.ts";
import { sum } from "../image/sum.ts";
import type { Digest } from "../oci/digest.ts";
import type { PullSize } from "./inspection.ts";

/** Compressed bytes by diff ID, from gzip at level 6, for layers without a known blob. */
export type LayerEstimates = ReadonlyMap<Digest, number>;

/**
 * The possible error of an estimate, as factors. A layer that this engine pushes is compressed by Go's gzip,
 * within 0.4 % of Node's. The size of a base image's layer depends on its builder: zstd needs up to 14 %
 * less, and fast gzips such as igzip up to 10 % more.
 */
const spread = { low: 0.85, high: 1.1 };
/** Maximum bytes of manifest and config if they are unknown. Both usually have a few kilobytes. */
const metadataAllowance = 16 * 1024;

/**
 * Returns the bytes of manifest, config and layers as a registry would serve them. The result is exact if all
 * blobs are known, and a range if layers are estimated. A blob that a manifest lists several times is fetched
 * only once.
 * @returns null if a layer is neither known nor estimated
 */
export function pullSize({ layers, metadataSize }: Image, estimates: LayerEstimates): PullSize | null {
  const blobs = new Map(layers.flatMap(({ blob }) => (blob === null ? [] : [[blob.digest, blob.size]])));
  const known = (metadataSize ?? 0) + sum([...blobs.values()]);
  const unknown = [
    ...new Set(layers.filter(({ blob }) => blob === null).map(({ reading }) => reading.diffId)),
  ];
  if (metadataSize !== null && unknown.length === 0) {
    return { bytes: known, exact: true, low: known, high: known };
  }
  // If only the manifest is unknown, no estimate was requested.
  if (unknown.length === 0 || !unknown.every((diffId) => estimates.has(diffId))) return null;
  const estimated = sum(unknown.map((diffId) => estimates.get(diffId) ?? 0));
  return {
    bytes: known + estimated,
    exact: false,
    low: known + Math.floor(estimated * spread.low),
    high: known + Math.ceil(estimated * spread.high) + (metadataSize === null ? metadataAllowance : 0),
  };
}
