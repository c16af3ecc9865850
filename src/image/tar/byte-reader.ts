import { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";

/**
 * A value that is nearly always available immediately. Awaiting it anyway would cost more than reading it.
 */
export type Soon<Value> = Value | Promise<Value>;

/**
 * Reads exact numbers of bytes from a stream of chunks. Returns views of the chunks, and copies only the
 * bytes of a read that spans several.
 */
export class ByteReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #chunk: Buffer = Buffer.alloc(0);
  #offset = 0;

  constructor(bytes: AsyncIterable<Uint8Array>) {
    this.#chunks = bytes[Symbol.asyncIterator]();
  }

  /** Returns between 1 and `maxCount` bytes, or null at the end of the stream. */
  some(maxCount: number): Soon<Buffer | null> {
    return this.#left === 0 ? this.#someOfNext(maxCount) : this.#take(Math.min(maxCount, this.#left));
  }

  /** Returns exactly `count` bytes, or null at the end of the stream. @throws Failure archive-truncated */
  exactly(count: number): Soon<Buffer | null> {
    return this.atHand(count) ?? this.#gather(count);
  }

  /** Returns exactly `count` bytes. @throws Failure archive-truncated, also at the end of the stream */
  must(count: number): Soon<Buffer> {
    return this.atHand(count) ?? this.#gather(count).then((bytes) => bytes ?? fail(truncated()));
  }

  /**
   * Returns exactly `count` bytes if the current chunk has them. Otherwise returns null and consumes nothing.
   */
  atHand(count: number): Buffer | null {
    return this.#left < count ? null : this.#take(count);
  }

  /** Skips exactly `count` bytes. @throws Failure archive-truncated */
  skip(count: number): Soon<void> {
    if (this.#left < count)
      return this.#skipUpTo(count).then((skipped) => (skipped < count ? fail(truncated()) : undefined));
    this.#offset += count;
  }

  /** Skips `count` bytes, or all that are left. @returns the number of skipped bytes */
  upTo(count: number): Soon<number> {
    if (this.#left < count) return this.#skipUpTo(count);
    this.#offset += count;
    return count;
  }

  /** Closes the stream before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  get #left(): number {
    return this.#chunk.length - this.#offset;
  }

  async #someOfNext(maxCount: number): Promise<Buffer | null> {
    return (await this.#next()) ? this.#take(Math.min(maxCount, this.#left)) : null;
  }

  async #gather(count: number): Promise<Buffer | null> {
    const parts: Buffer[] = [];
    let remaining = count;
    while (remaining > 0) {
      const part = await this.some(remaining);
      if (part === null) {
        if (remaining === count) return null;
        throw truncated();
      }
      // Only the last part needs no copy: the stream may reuse a chunk once the next one is requested.
      parts.push(part.length === remaining ? part : Buffer.from(part));
      remaining -= part.length;
    }
    return Buffer.concat(parts, count);
  }

  async #skipUpTo(count: number): Promise<number> {
    let skipped = 0;
    while (skipped < count) {
      const part = await this.some(count - skipped);
      if (part === null) break;
      skipped += part.length;
    }
    return skipped;
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
