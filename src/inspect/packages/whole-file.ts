import { Buffer } from "node:buffer";

/** Keeps a whole file, for a format that cannot be read in one pass. */
export class WholeFile {
  readonly #bytes: Buffer | null;
  #length = 0;

  /**
   * @param size bytes of the file
   * @param maxSize bytes; nothing is kept of a larger file
   */
  constructor(size: number, maxSize: number) {
    this.#bytes = size > maxSize ? null : Buffer.alloc(size);
  }

  update(chunk: Buffer): void {
    if (this.#bytes !== null) this.#length += chunk.copy(this.#bytes, this.#length);
  }

  /** Returns the file; null if it is too large. */
  bytes(): Buffer | null {
    return this.#bytes?.subarray(0, this.#length) ?? null;
  }
}
