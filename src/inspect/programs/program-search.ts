import type { Buffer } from "node:buffer";
import type { ExaminedFile } from "../../image/layer/content.ts";
import type { Examination, Facts } from "../examiner.ts";
import { DenseBytes } from "./dense-bytes.ts";
import { hasSections, isElf, isLoadable, isPacked } from "./elf.ts";
import { isExecutableMode } from "./executable.ts";
import { MarkerSearch } from "./marker-search.ts";
import { denseMarker, packedMarker, unreadMarker } from "./unread.ts";

/** Maximum bytes of a program to search: four seconds' work, and 1,000 times any known shell's size. */
const maxSearchedBytes = 2 * 1024 ** 3;
/** Minimum bytes of a packed shell. No unpacked program without section headers has as many dense bytes. */
const minDenseBytes = 16 * 1024;

/**
 * Examines ELF files with an exec bit for the markers of shells and package managers, and ELF programs and
 * libraries without one: the loader starts those as well (`/lib64/ld-linux-x86-64.so.2 /data.bin`), and most
 * libraries have none. It does not examine archives, or data that a program keeps packed or encrypted in its
 * sections.
 * @param searchLimit maximum bytes to search
 */
export function examineProgram(
  { mode, size }: ExaminedFile,
  head: Buffer,
  searchLimit = maxSearchedBytes,
): Examination | null {
  const isSearched = (isElf(head) && isExecutableMode(mode)) || isLoadable(head, size);
  if (!isSearched) return null;
  return new ProgramSearch({
    isPacked: isElf(head) && isPacked(head),
    hasSections: hasSections(head, size),
    searchLimit,
  });
}

interface ProgramSearchOptions {
  readonly isPacked: boolean;
  /** it has the section headers of a program that is not packed */
  readonly hasSections: boolean;
  readonly searchLimit: number;
}

class ProgramSearch implements Examination {
  readonly #options: ProgramSearchOptions;
  readonly #search = new MarkerSearch();
  readonly #dense: DenseBytes | null;
  #searched = 0;

  constructor(options: ProgramSearchOptions) {
    this.#options = options;
    this.#dense = options.hasSections ? null : new DenseBytes();
  }

  update(chunk: Buffer): void {
    const left = Math.max(0, this.#options.searchLimit - this.#searched);
    this.#searched += chunk.length;
    if (left === 0) return;
    this.#search.update(chunk.subarray(0, left));
    this.#dense?.update(chunk.subarray(0, left));
  }

  finish(): Facts | null {
    const markers = [...this.#search.finish()];
    if (this.#options.isPacked) markers.push(packedMarker);
    if (this.#searched > this.#options.searchLimit) markers.push(unreadMarker);
    if (this.#dense !== null && this.#dense.total >= minDenseBytes) markers.push(denseMarker);
    return markers.length === 0 ? null : { markers };
  }
}
