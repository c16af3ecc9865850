import type { Digest } from "../../oci/digest.ts";
import type { LayerReading } from "../layer/reading.ts";

/** A blob that a reading was made from. A layer can have several blobs, one for each compression. */
export interface KnownBlob {
  readonly diffId: Digest;
  readonly digest: Digest;
  /** bytes */
  readonly size: number;
}

/** Existing readings, so that no layer is read twice. Callers must verify readings before they keep them. */
export interface ReadingStore {
  /** Returns the reading of the layer with this blob digest, or with this diff ID. */
  find(key: {
    readonly digest?: Digest | undefined;
    readonly diffId?: Digest | undefined;
  }): LayerReading | undefined;
  /** Returns the bytes of the blob with this digest, if a reading was made from it. */
  sizeOf(digest: Digest): number | undefined;
  /**
   * Lists every blob that the store has by name. Its reading may be damaged or missing: check with `find` or
   * `sizeOf`.
   */
  blobs(): Iterable<KnownBlob>;
  /** Stores a reading. @param blob the blob that the reading was made from */
  keep(reading: LayerReading, blob: { readonly digest: Digest; readonly size: number }): void;
}

/** Returns a store in memory for this run: the head does not read layers again that the base has read. */
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
