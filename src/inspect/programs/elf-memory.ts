import type { Segment } from "./elf-header.ts";
import { offsetOf } from "./elf-ranges.ts";
import type { KeptRanges } from "./kept-ranges.ts";

/**
 * Says in a few words why a part of an ELF file is unread, for `ElfFacts.unread`. Never leaves this
 * directory.
 */
export class Unread extends Error {}

/** PATH_MAX; names of versions are much shorter. */
const textLimit = 4096;
/** Maximum characters of all texts of one file in JSON. */
const textsLimit = 200_000;

/** The kept bytes of a file by virtual address, as its loader sees it. */
export class ElfMemory {
  readonly #kept: KeptRanges;
  readonly #loads: readonly Segment[];
  readonly #isLittle: boolean;
  #texts = 0;

  constructor(kept: KeptRanges, loads: readonly Segment[], isLittle: boolean) {
    this.#kept = kept;
    this.#loads = loads;
    this.#isLittle = isLittle;
  }

  /**
   * Returns the place of a structure, for the methods that read its fields.
   * @throws Unread if any byte was not kept
   */
  structure(address: number, length: number): number {
    const offset = this.#offsetOf(address);
    const { start, end } = this.#kept.placeOf(offset);
    if (end - start >= length) return start;
    throw this.#missing(offset + length);
  }

  uint16(place: number): number {
    const { block } = this.#kept;
    return this.#isLittle ? block.readUInt16LE(place) : block.readUInt16BE(place);
  }

  uint32(place: number): number {
    const { block } = this.#kept;
    return this.#isLittle ? block.readUInt32LE(place) : block.readUInt32BE(place);
  }

  /**
   * Returns a string (latin1) without its NUL.
   * @throws Unread if it is incomplete or too long, or there are too many
   */
  text(address: number): string {
    const offset = this.#offsetOf(address);
    const { block } = this.#kept;
    const { start, end } = this.#kept.placeOf(offset);
    const limit = Math.min(end, start + textLimit + 1);
    let at = start;
    while (at < limit && block[at] !== 0) at++;
    if (at - start > textLimit) throw new Unread("it has a name longer than 4096 bytes");
    if (at === limit) throw this.#missing(offset + at - start + 1);
    const text = block.toString("latin1", start, at);
    this.#texts += sizeOf(text);
    if (this.#texts > textsLimit) throw new Unread("it has more names than are kept of one file");
    return text;
  }

  #offsetOf(address: number): number {
    const offset = offsetOf(this.#loads, address);
    if (offset === null) throw new Unread("its tables are outside of its loaded segments");
    return offset;
  }

  #missing(end: number): Unread {
    return end > this.#kept.passed
      ? new Unread("its tables are beyond the end of the file")
      : new Unread("its tables are too far into the file");
  }
}

/**
 * Returns the maximum characters of a list item in JSON: a character that is not plain ASCII may take six.
 */
function sizeOf(text: string): number {
  return 20 + (/^[ !#-[\]-~]*$/.test(text) ? text.length : 6 * text.length);
}
