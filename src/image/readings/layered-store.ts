import type { ReadingStore } from "./reading-store.ts";

/**
 * One store of several: asked in their order, and all of them kept to. What another than the first knows is put in the
 * first too, so that no file is opened twice in a run.
 */
export function layeredStore(first: ReadingStore, ...others: readonly ReadingStore[]): ReadingStore {
  const find: ReadingStore["find"] = (key) => {
    const known = first.find(key);
    if (known !== undefined) return known;
    for (const other of others) {
      const reading = other.find(key);
      if (reading === undefined) continue;
      const size = key.digest && other.sizeOf(key.digest);
      if (key.digest && size !== undefined) first.keep(reading, { digest: key.digest, size });
      return reading;
    }
    return undefined;
  };
  return {
    find,
    // Only of a blob whose reading is at hand: who is told a size need not send the blob.
    sizeOf(digest) {
      find({ digest });
      return first.sizeOf(digest);
    },
    *blobs() {
      for (const store of [first, ...others]) yield* store.blobs();
    },
    keep(reading, blob) {
      for (const store of [first, ...others]) store.keep(reading, blob);
    },
  };
}
