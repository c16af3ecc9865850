import type { Buffer } from "node:buffer";
import { constants, inflateRawSync } from "node:zlib";

/** Bytes that every file may inflate to, and how many more for each of its own bytes. */
const base = 128 * 1024;
const ratio = 16;

/**
 * Limits what the entries of one file inflate to, all together. Otherwise, a small file could cost any time. Real
 * archives of archives inflate to about their size.
 */
export class InflateBudget {
  #left: number;

  /** @param size bytes of the file */
  constructor(size: number) {
    this.#left = base + ratio * size;
  }

  /**
   * Inflates an entry, of which the end may be missing.
   * @param limit maximum bytes of the result
   * @returns null if it is damaged or exceeds a limit
   */
  inflate(compressed: Buffer, limit: number): Buffer | null {
    const maxOutputLength = Math.min(limit, this.#left);
    if (maxOutputLength <= 0) return null;
    try {
      // zlib's own pieces of 16 KiB are too large for most entries, and too many for an archive.
      const chunkSize = Math.min(Math.max(1024, 4 * compressed.length), 256 * 1024);
      const finishFlush = constants.Z_SYNC_FLUSH;
      const bytes = inflateRawSync(compressed, { maxOutputLength, chunkSize, finishFlush });
      this.#left -= bytes.length;
      return bytes;
    } catch {
      this.#left -= maxOutputLength;
      return null;
    }
  }
}
