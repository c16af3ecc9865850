import { createHash, type Hash } from "node:crypto";
import { Failure } from "../../failure.ts";
import type { Algorithm, Digest } from "../../oci/digest.ts";

/**
 * Hashes and counts the bytes of a stream while it is read. A reader of `bytes` may stop early: `drain` then
 * hashes the rest, such as the bytes of a blob after the end of its compressed data.
 */
export class MeasuredStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #maxSize: number;
  readonly #tap: ((chunk: Uint8Array) => Promise<void>) | null;
  readonly #algorithm: Algorithm;
  readonly #hash: Hash;
  #size = 0;

  /**
   * @param maxSize in bytes; exceeding it is the Failure limit-exceeded
   * @param tap receives each chunk first, and is awaited, since a chunk is valid only until the next one is
   * requested
   */
  constructor(
    bytes: AsyncIterable<Uint8Array>,
    maxSize: number = Number.POSITIVE_INFINITY,
    tap: ((chunk: Uint8Array) => Promise<void>) | null = null,
    algorithm: Algorithm = "sha256",
  ) {
    this.#chunks = bytes[Symbol.asyncIterator]();
    this.#maxSize = maxSize;
    this.#tap = tap;
    this.#algorithm = algorithm;
    this.#hash = createHash(algorithm);
  }

  /** The number of bytes read so far. */
  get size(): number {
    return this.#size;
  }

  async *bytes(): AsyncGenerator<Uint8Array, void> {
    for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk;
  }

  async drain(): Promise<void> {
    while ((await this.#next()) !== null);
  }

  /** Returns the digest of the bytes read so far. Call it once, at the end. */
  digest(): Digest {
    return `${this.#algorithm}:${this.#hash.digest("hex")}`;
  }

  /** Closes the stream, whether or not it was read to its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Uint8Array | null> {
    const { value, done } = await this.#chunks.next();
    if (done) return null;
    this.#hash.update(value);
    this.#size += value.length;
    if (this.#size > this.#maxSize)
      throw new Failure("limit-exceeded", `A layer has over ${this.#maxSize} bytes.`);
    await this.#tap?.(value);
    return value;
  }
}
