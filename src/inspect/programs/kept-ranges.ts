import { Buffer } from "node:buffer";

/** Bytes of a file, from `start` to before `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

interface Kept {
  readonly start: number;
  end: number;
  /** where the range begins in the block */
  readonly at: number;
}

/** Maximum bytes to keep of a file for its tables. */
export const maxKept = 16 * 1024 ** 2;

/** Bytes of a new block, which suffice for most files. */
const usual = 1024 ** 2;

/**
 * The blocks of the last file, one for each of its readers, to reuse for the next file. Otherwise, the garbage
 * collector would have more to do than the readers. A user takes one from here, so it never has two users. The
 * oldest goes first: each reader gets the block that it had, of which it has written only what it needs.
 */
const spare: Buffer[] = [];

/**
 * Keeps some ranges of a streamed file, and drops the rest. They are in one block, which grows with them: the garbage
 * collector counts all of it as used memory, and lets as much more garbage pile up.
 */
export class KeptRanges {
  /** in the file's order, without overlaps; neighbours are one range */
  readonly #kept: Kept[] = [];
  /** index of the first range that may still get bytes */
  #next = 0;
  #passed = 0;
  #total = 0;
  #block: Buffer;

  constructor() {
    this.#block = spare.shift() ?? Buffer.allocUnsafeSlow(usual);
  }

  /** bytes that have passed */
  get passed(): number {
    return this.#passed;
  }

  /** bytes of all ranges */
  get total(): number {
    return this.#total;
  }

  /**
   * Bytes that were returned before must not be used afterwards.
   * @param ranges in order and without overlaps, after all bytes that have passed and all earlier ranges
   */
  add(ranges: readonly Range[]): void {
    for (const { start, end } of ranges) {
      const last = this.#kept.at(-1);
      if (last?.end === start) last.end = end;
      else this.#kept.push({ start, end, at: this.#total });
      this.#total += end - start;
    }
    if (this.#total > this.#block.length) this.#grow();
  }

  #grow(): void {
    const larger = Buffer.allocUnsafeSlow(2 ** Math.ceil(Math.log2(this.#total)));
    this.all().copy(larger);
    this.#block = larger;
  }

  /** Receives the part of the next chunk from `begin` to before `end`. */
  update(chunk: Buffer, begin: number, end: number): void {
    const offset = this.#passed - begin;
    this.#passed += end - begin;
    for (let range = this.#kept[this.#next]; range !== undefined; range = this.#kept[++this.#next]) {
      const from = Math.max(range.start - offset, begin);
      const to = Math.min(range.end - offset, end);
      if (from < to) chunk.copy(this.#block, range.at + from + offset - range.start, from, to);
      // The last range stays the next one, since it may grow.
      if (range.end > this.#passed || this.#next === this.#kept.length - 1) return;
    }
  }

  /** The memory of all kept bytes. */
  get block(): Buffer {
    return this.#block;
  }

  /**
   * Returns where the kept bytes from an offset on are in `block`. Reading a field there is faster than from
   * a buffer of its own.
   */
  placeOf(offset: number): Range {
    for (const { start, end, at } of this.#kept) {
      const until = Math.min(end, this.#passed);
      if (offset >= start && offset < until) return { start: at + offset - start, end: at + until - start };
    }
    return nowhere;
  }

  /** Returns up to `length` bytes from an offset: fewer, or none, if no more were kept. */
  from(offset: number, length: number): Buffer {
    const { start, end } = this.placeOf(offset);
    return this.#block.subarray(start, Math.min(start + length, end));
  }

  /** Returns all kept bytes, joined. */
  all(): Buffer {
    const last = this.#kept.findLast(({ start }) => start < this.#passed);
    if (last === undefined) return this.#block.subarray(0, 0);
    return this.#block.subarray(0, last.at + Math.min(last.end, this.#passed) - last.start);
  }

  /** Releases the memory. Bytes that were returned must not be used afterwards. */
  release(): void {
    spare.push(this.#block);
    this.#block = none;
    this.#kept.length = 0;
  }
}

const none = Buffer.alloc(0);

/** The place of bytes that were not kept. */
const nowhere: Range = { start: 0, end: 0 };
