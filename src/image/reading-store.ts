import type { Digest } from "./digest.ts";
import type { LayerReading } from "./layer-reading.ts";

/** Readings that have been made, so that no layer is read twice. Whoever fills a store has verified what it keeps. */
export interface ReadingStore {
  /** The reading of the layer with this blob digest, or with this diff ID. */
  find(key: { readonly digest?: Digest; readonly diffId?: Digest }): LayerReading | undefined;
  /** @param blobDigest of the blob that the reading was made from: a layer can have several, one for each compression */
  keep(reading: LayerReading, blobDigest: Digest): void;
}

/** A store that lasts as long as this run: what the base side has read, the head side need not. */
export function readingsOfThisRun(): ReadingStore {
  const byDiffId = new Map<Digest, LayerReading>();
  const byDigest = new Map<Digest, LayerReading>();
  return {
    find({ digest, diffId }) {
      return (digest && byDigest.get(digest)) ?? (diffId && byDiffId.get(diffId));
    },
    keep(reading, blobDigest) {
      byDiffId.set(reading.diffId, reading);
      byDigest.set(blobDigest, reading);
    },
  };
}
