import { Buffer } from "node:buffer";

/** Bytes of a file, from `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Kept extends Range {
  readonly bytes: Buffer;
}

/**
 * Memory of the last file, to reuse for the next one. Otherwise, each large program leaves some megabytes
 * that the garbage collector frees late. A user takes it from here, so it never has two users.
 */
let spare: Buffer | null = null;

/** Smaller blocks are not worth reusing. In bytes. */
const minReusable = 64 * 1024;

/** Keeps some ranges of a streamed file, and drops the rest. */
export class KeptRanges {
  /** in the file's order, without overlaps */
  readonly #kept: Kept[] = [];
  /** index of the first range that may still get bytes */
  #next = 0;
  #passed = 0;
  #total = 0;
  /** the largest block in use */
  #block: Buffer | null = null;

  /** bytes that have passed */
  get passed(): number {
    return this.#passed;
  }

  /** bytes of all ranges */
  get total(): number {
    return this.#total;
  }

  /** @param ranges in order and without overlaps, after all bytes that have passed and all earlier ranges */
  add(ranges: readonly Range[]): void {
    let at = 0;
    const block = this.#take(ranges.reduce((sum, { start, end }) => sum + end - start, 0));
    for (const { start, end } of ranges) {
      // Unwritten bytes are never read: `from` stops at the end of the file.
      this.#kept.push({ start, end, bytes: block.subarray(at, at + end - start) });
      at += end - start;
    }
    this.#total += at;
  }

  /** Releases the memory. Bytes that were returned must not be used afterwards. */
  release(): void {
    this.#kept.length = 0;
    if (this.#block !== null && this.#block.length > (spare?.length ?? 0)) spare = this.#block;
    this.#block = null;
  }

  update(chunk: Buffer): void {
    const begin = this.#passed;
    this.#passed += chunk.length;
    for (;;) {
      const range = this.#kept[this.#next];
      if (range === undefined || range.start >= this.#passed) return;
      const from = Math.max(range.start, begin);
      chunk.copy(range.bytes, from - range.start, from - begin, Math.min(range.end, this.#passed) - begin);
      if (range.end > this.#passed) return;
      this.#next++;
    }
  }

  /** Returns up to `length` bytes from an offset: fewer, or none, if no more were kept. */
  from(offset: number, length: number): Buffer {
    const parts: Buffer[] = [];
    let at = offset;
    for (const { start, end, bytes } of this.#kept) {
      const until = Math.min(end, offset + length, this.#passed);
      if (at < start || at >= until) continue;
      parts.push(bytes.subarray(at - start, until - start));
      at = until;
    }
    return parts.length === 1 && parts[0] !== undefined ? parts[0] : Buffer.concat(parts);
  }

  #take(size: number): Buffer {
    if (size < minReusable) return Buffer.allocUnsafe(size);
    const block = spare !== null && spare.length >= size ? spare : Buffer.allocUnsafe(size);
    if (block === spare) spare = null;
    if (block.length > (this.#block?.length ?? 0)) this.#block = block;
    return block;
  }

  /** Returns all kept bytes, range by range. */
  all(): readonly Buffer[] {
    return this.#kept
      .filter(({ start }) => start < this.#passed)
      .map(({ start, end, bytes }) => bytes.subarray(0, Math.min(end, this.#passed) - start));
  }
}
