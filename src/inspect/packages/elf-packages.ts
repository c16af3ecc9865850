import type { Buffer } from "node:buffer";
import type { ExaminedFile } from "../../image/layer/content.ts";
import type { Examination, Facts } from "../examiner.ts";
import {
  type ElfHeader,
  elfHeaderSize,
  entrySizes,
  headerOf,
  identityOf,
  type Segment,
  segmentsOf,
} from "../programs/elf-header.ts";
import { take } from "../programs/elf-ranges.ts";
import { KeptRanges, type Range } from "../programs/kept-ranges.ts";
import { findingSections, sectionHeadersRange } from "./elf-sections.ts";
import type { ElfSource } from "./elf-source.ts";
import { go } from "./go.ts";
import { rust } from "./rust.ts";

/** What needs little comes first, so that it is kept in any case. */
const sources: readonly ElfSource[] = [rust, go];

/** Maximum bytes to keep of a program. */
const maxKept = 32 * 1024 ** 2;

/**
 * Examines programs and libraries for the packages that they list in themselves. Few do, but only the section headers
 * say so, which are at the end. So all sources share what is kept of a program.
 */
export function examineElfPackages({ size }: ExaminedFile, head: Buffer): Examination | null {
  const identity = head.length < elfHeaderSize ? null : identityOf(head);
  return identity === null ? null : new ElfPackages(headerOf(head, identity), head, size);
}

class ElfPackages implements Examination {
  readonly #header: ElfHeader;
  /** null as long as they are unknown */
  readonly #segments: readonly Segment[] | null;
  readonly #kept = new KeptRanges();

  constructor(header: ElfHeader, head: Buffer, size: number) {
    this.#header = header;
    const segments = segmentsIn(header, (offset, length) => head.subarray(offset, offset + length));
    this.#segments = segments;
    const ranges = sources.flatMap((source) => source.rangesOf({ header, segments }));
    const all = [...headerRanges(header, head.length), ...ranges];
    this.#kept.add(take(all, { limit: maxKept, size, passed: 0 }));
  }

  update(chunk: Buffer): void {
    this.#kept.update(chunk, 0, chunk.length);
  }

  finish(): Facts | null {
    try {
      const [header, kept] = [this.#header, this.#kept];
      const segments = this.#segments ?? segmentsIn(header, (offset, length) => kept.from(offset, length));
      const program = { header, segments, kept, findSection: findingSections(kept, header) };
      const packages = sources.flatMap((source) => source.factsOf(program)?.packages ?? []);
      return packages.length === 0 ? null : { packages };
    } finally {
      this.#kept.release();
    }
  }
}

function headerRanges(header: ElfHeader, headLength: number): readonly Range[] {
  const { offset, entrySize, count } = header.programHeaders;
  return [
    { start: 0, end: Math.min(Math.max(elfHeaderSize, offset + entrySize * count), headLength) },
    sectionHeadersRange(header),
  ];
}

function segmentsIn(
  header: ElfHeader,
  bytesAt: (offset: number, length: number) => Buffer,
): readonly Segment[] | null {
  const { offset, entrySize, count } = header.programHeaders;
  if (entrySize !== entrySizes[header.identity.class].program) return null;
  const table = bytesAt(offset, entrySize * count);
  return table.length < entrySize * count ? null : segmentsOf(table, header);
}
