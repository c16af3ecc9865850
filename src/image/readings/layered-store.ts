import type { ReadingStore } from "./reading-store.ts";

/**
 * Combines several stores into one. Searches them in order, and writes to all. Copies a reading found in
 * another store to the first, so that no file is opened twice in a run.
 */
export function layeredStore(first: ReadingStore, ...others: readonly ReadingStore[]): ReadingStore {
  const find: ReadingStore["find"] = (key) => {
    const cached = first.find(key);
    if (cached !== undefined) return cached;
    for (const store of others) {
      const reading = store.find(key);
      if (reading === undefined) continue;
      const size = key.digest && store.sizeOf(key.digest);
      if (key.digest && size !== undefined) first.keep(reading, { digest: key.digest, size });
      return reading;
    }
    return undefined;
  };
  return {
    find,
    // Returns a size only if the reading can be loaded: with a size, the caller may skip sending the blob.
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
