import type { Buffer } from "node:buffer";
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
  #texts = 0;

  constructor(kept: KeptRanges, loads: readonly Segment[]) {
    this.#kept = kept;
    this.#loads = loads;
  }

  /** @throws Unread if any byte was not kept */
  bytes(address: number, length: number): Buffer {
    const offset = this.#offsetOf(address);
    const bytes = this.#kept.from(offset, length);
    if (bytes.length === length) return bytes;
    throw this.#missing(offset + length);
  }

  /**
   * Returns a string (latin1) without its NUL.
   * @throws Unread if it is incomplete or too long, or there are too many
   */
  text(address: number): string {
    const offset = this.#offsetOf(address);
    const bytes = this.#kept.from(offset, textLimit + 1);
    const end = bytes.indexOf(0);
    if (end < 0 && bytes.length > textLimit) throw new Unread("it has a name longer than 4096 bytes");
    if (end < 0) throw this.#missing(offset + bytes.length + 1);
    const text = bytes.toString("latin1", 0, end);
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
