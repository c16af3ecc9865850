import { createHash, type Hash } from "node:crypto";
import { Failure } from "../../failure.ts";
import type { Algorithm, Digest } from "../../oci/digest.ts";

/**
 * A stream that is hashed and counted while it is read. Whoever reads `bytes` may stop early: what is left is still here,
 * so that `drain` can hash a blob to its last byte after its decompressor has had enough.
 */
export class MeasuredStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #most: number;
  readonly #tap: ((chunk: Uint8Array) => Promise<void>) | null;
  readonly #algorithm: Algorithm;
  readonly #hash: Hash;
  #size = 0;

  /**
   * @param most bytes; more are the Failure limit-exceeded
   * @param tap sees each chunk before it is read on, and is waited for, since a chunk is good only until the next
   */
  constructor(
    bytes: AsyncIterable<Uint8Array>,
    most: number = Number.POSITIVE_INFINITY,
    tap: ((chunk: Uint8Array) => Promise<void>) | null = null,
    algorithm: Algorithm = "sha256",
  ) {
    this.#chunks = bytes[Symbol.asyncIterator]();
    this.#most = most;
    this.#tap = tap;
    this.#algorithm = algorithm;
    this.#hash = createHash(algorithm);
  }

  /** Bytes that have been read. */
  get size(): number {
    return this.#size;
  }

  async *bytes(): AsyncGenerator<Uint8Array, void> {
    for (let chunk = await this.#next(); chunk !== null; chunk = await this.#next()) yield chunk;
  }

  async drain(): Promise<void> {
    while ((await this.#next()) !== null);
  }

  /** Of what has been read; ends the measuring. */
  digest(): Digest {
    return `${this.#algorithm}:${this.#hash.digest("hex")}`;
  }

  /** Lets go of the stream, read to its end or not. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  async #next(): Promise<Uint8Array | null> {
    const { value, done } = await this.#chunks.next();
    if (done) return null;
    this.#hash.update(value);
    this.#size += value.length;
    if (this.#size > this.#most)
      throw new Failure("limit-exceeded", `A layer holds over ${this.#most} bytes.`);
    await this.#tap?.(value);
    return value;
  }
}
