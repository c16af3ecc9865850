import type { Facts } from "../examiner.ts";
import type { ElfHeader, Segment } from "../programs/elf-header.ts";
import type { KeptRanges, Range } from "../programs/kept-ranges.ts";
import type { FindSection } from "./elf-sections.ts";

/** A list of packages that linkers put into programs. */
export interface ElfSource {
  /** Returns where in the file the list may be, besides the headers. The most likely places come first. */
  rangesOf(program: ElfProgram): readonly Range[];
  /** Reads the list. Returns null if the program has none. */
  factsOf(program: KeptProgram): Facts | null;
}

export interface ElfProgram {
  readonly header: ElfHeader;
  /** null if the program headers are damaged, or beyond what was kept */
  readonly segments: readonly Segment[] | null;
}

/** A program that has passed. */
export interface KeptProgram extends ElfProgram {
  readonly kept: KeptRanges;
  readonly findSection: FindSection;
}
