import { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";

/** Of what is nearly always at hand: to wait for it nevertheless would cost more than to read it. */
export type Soon<Value> = Value | Promise<Value>;

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
  some(most: number): Soon<Buffer | null> {
    return this.#left === 0 ? this.#someOfNext(most) : this.#take(Math.min(most, this.#left));
  }

  /** Exactly `count` bytes; null where the stream has already ended. @throws Failure archive-truncated */
  exactly(count: number): Soon<Buffer | null> {
    return this.atHand(count) ?? this.#gather(count);
  }

  /** As `exactly`, where the stream must not have ended. @throws Failure archive-truncated */
  must(count: number): Soon<Buffer> {
    return this.atHand(count) ?? this.#gather(count).then((bytes) => bytes ?? fail(truncated()));
  }

  /** Exactly `count` bytes, where the chunk has them; null: whoever wants them has to wait, if they come at all. */
  atHand(count: number): Buffer | null {
    return this.#left < count ? null : this.#take(count);
  }

  /** Passes over exactly `count` bytes. @throws Failure archive-truncated */
  skip(count: number): Soon<void> {
    if (this.#left < count)
      return this.#pass(count).then((passed) => (passed < count ? fail(truncated()) : undefined));
    this.#offset += count;
  }

  /** Passes over `count` bytes, or all that is left. @returns how many */
  upTo(count: number): Soon<number> {
    if (this.#left < count) return this.#pass(count);
    this.#offset += count;
    return count;
  }

  /** Lets go of the stream before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  get #left(): number {
    return this.#chunk.length - this.#offset;
  }

  async #someOfNext(most: number): Promise<Buffer | null> {
    return (await this.#next()) ? this.#take(Math.min(most, this.#left)) : null;
  }

  async #gather(count: number): Promise<Buffer | null> {
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

  async #pass(count: number): Promise<number> {
    let passed = 0;
    while (passed < count) {
      const part = await this.some(count - passed);
      if (part === null) break;
      passed += part.length;
    }
    return passed;
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

function fail(failure: Failure): never {
  throw failure;
}

export function truncated(): Failure {
  return new Failure("archive-truncated", "The archive ends in the middle of a member.");
}
