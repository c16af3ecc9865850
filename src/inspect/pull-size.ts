import type { Image } from "../image/image.ts";
import type { Digest } from "../oci/digest.ts";
import type { PullSize } from "./inspection.ts";

/** Compressed bytes by diff ID, made with gzip at level 6, for layers whose blob is not known. */
export type LayerEstimates = ReadonlyMap<Digest, number>;

/**
 * How far an estimate may be off, as factors. A layer that this engine pushes is compressed by Go's gzip, within 0.4 % of
 * Node's; but a layer of a base image weighs what its own builder made of it: zstd down to 14 % less, fast gzips such as
 * igzip up to 10 % more.
 */
const spread = { low: 0.85, high: 1.1 };
/** Bytes of manifest and config, at most, where they are not known: both are a few kilobytes. */
const metadataAllowance = 16 * 1024;

/**
 * Bytes of manifest, config and layers as a registry would serve them: exact where all blobs are known, a range where
 * layers are estimated. What a manifest lists more than once is fetched once.
 * @returns null where a layer is neither known nor estimated
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
  // An image whose manifest alone is unknown is one that nobody asked an estimate of.
  if (unknown.length === 0 || !unknown.every((diffId) => estimates.has(diffId))) return null;
  const estimated = sum(unknown.map((diffId) => estimates.get(diffId) ?? 0));
  return {
    bytes: known + estimated,
    exact: false,
    low: known + Math.floor(estimated * spread.low),
    high: known + Math.ceil(estimated * spread.high) + (metadataSize === null ? metadataAllowance : 0),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
