import { Buffer } from "node:buffer";
import { Failure } from "../failure.ts";

/**
 * Reads a stream of chunks by exact numbers of bytes. What it hands out are views of the chunks wherever a read lies
 * within one: nothing is copied but what straddles two.
 */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Buffer = Buffer.alloc(0);
  #offset = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** Between 1 and `most` bytes; null at the end of the stream. */
  async some(most: number): Promise<Buffer | null> {
    if (this.#offset === this.#chunk.length && !(await this.#next())) return null;
    return this.#take(Math.min(most, this.#chunk.length - this.#offset));
  }

  /** Exactly `count` bytes; null where the stream has already ended. @throws Failure archive-truncated */
  async exactly(count: number): Promise<Buffer | null> {
    if (this.#chunk.length - this.#offset >= count) return this.#take(count);
    const parts: Buffer[] = [];
    let missing = count;
    while (missing > 0) {
      const part = await this.some(missing);
      if (part === null) {
        if (missing === count) return null;
        throw truncated();
      }
      // The last one alone is still good: a chunk's bytes are its stream's again when the next is asked for.
      parts.push(part.length === missing ? part : Buffer.from(part));
      missing -= part.length;
    }
    return Buffer.concat(parts, count);
  }

  /** As `exactly`, where the stream must not have ended. @throws Failure archive-truncated */
  async must(count: number): Promise<Buffer> {
    const bytes = await this.exactly(count);
    if (bytes === null) throw truncated();
    return bytes;
  }

  /** Passes over exactly `count` bytes. @throws Failure archive-truncated */
  async skip(count: number): Promise<void> {
    if ((await this.upTo(count)) < count) throw truncated();
  }

  /** Passes over `count` bytes, or all that is left. @returns how many */
  async upTo(count: number): Promise<number> {
    let passed = 0;
    while (passed < count) {
      const part = await this.some(count - passed);
      if (part === null) break;
      passed += part.length;
    }
    return passed;
  }

  /** Lets go of the stream before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  #take(count: number): Buffer {
    this.#offset += count;
    return this.#chunk.subarray(this.#offset - count, this.#offset);
  }

  async #next(): Promise<boolean> {
    do {
      const { value, done } = await this.#chunks.next();
      if (done) return false;
      this.#chunk = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      this.#offset = 0;
    } while (this.#chunk.length === 0);
    return true;
  }
}

function truncated(): Failure {
  return new Failure("archive-truncated", "The archive ends in the middle of a member.");
}
