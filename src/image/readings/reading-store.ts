import type { Digest } from "../../oci/digest.ts";
import type { LayerReading } from "../layer/reading.ts";

/** A blob that a reading was made from. A layer can have several, one for each compression. */
export interface KnownBlob {
  readonly diffId: Digest;
  readonly digest: Digest;
  /** bytes */
  readonly size: number;
}

/** Readings that have been made, so that no layer is read twice. Whoever fills a store has verified what it keeps. */
export interface ReadingStore {
  /** The reading of the layer with this blob digest, or with this diff ID. */
  find(key: {
    readonly digest?: Digest | undefined;
    readonly diffId?: Digest | undefined;
  }): LayerReading | undefined;
  /** Bytes of the blob with this digest, where a reading was made from it. */
  sizeOf(digest: Digest): number | undefined;
  /** Every blob that is known by name. What a name promises may prove damaged or gone: `find` and `sizeOf` tell. */
  blobs(): Iterable<KnownBlob>;
  /** @param blob that the reading was made from */
  keep(reading: LayerReading, blob: { readonly digest: Digest; readonly size: number }): void;
}

/** A store that lasts as long as this run: what the base side has read, the head side need not. */
export function readingsOfThisRun(): ReadingStore {
  const byDiffId = new Map<Digest, LayerReading>();
  const byDigest = new Map<Digest, { readonly reading: LayerReading; readonly size: number }>();
  return {
    find({ digest, diffId }) {
      return (digest && byDigest.get(digest)?.reading) ?? (diffId && byDiffId.get(diffId));
    },
    sizeOf: (digest) => byDigest.get(digest)?.size,
    *blobs() {
      for (const [digest, { reading, size }] of byDigest) yield { diffId: reading.diffId, digest, size };
    },
    keep(reading, { digest, size }) {
      byDiffId.set(reading.diffId, reading);
      byDigest.set(digest, { reading, size });
    },
  };
}
