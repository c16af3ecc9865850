import type { Buffer } from "node:buffer";
import type { Examination, Facts } from "../examiner.ts";
import { type ElfHeader, type Segment, segmentsOf } from "../programs/elf-header.ts";
import { hasEarlySections, loadLimit, loadsOf, take } from "../programs/elf-ranges.ts";
import { KeptRanges, maxKept, type Range } from "../programs/kept-ranges.ts";
import { elfHeaderOf, sectionHeadersRange, sectionNamed } from "./elf-sections.ts";
import { buildInfoOf, type ProgramMemory } from "./go-build-info.ts";
import { addModules } from "./go-modules.ts";
import { PackageList } from "./package-list.ts";
import type { PackageSource } from "./source.ts";

/** The build information in Go programs, which is what `go version -m` prints. */
export const go: PackageSource = {
  type: "golang",
  places: [],
  examine({ size }, head) {
    const header = elfHeaderOf(head);
    return header === null ? null : new GoReader(header, head, size);
  },
};

/** Maximum bytes to keep of one segment. */
const maxSegment = 8 * 1024 ** 2;

/** Keeps the parts of a program where Go's linker puts the build information, and reads it at the end. */
class GoReader implements Examination {
  readonly #header: ElfHeader;
  readonly #kept = new KeptRanges();

  constructor(header: ElfHeader, head: Buffer, size: number) {
    this.#header = header;
    this.#kept.add(take(rangesOf(header, head), { limit: maxKept, size, passed: 0 }));
  }

  update(chunk: Buffer): void {
    this.#kept.update(chunk, 0, chunk.length);
  }

  finish(): Facts | null {
    try {
      return this.#facts();
    } finally {
      this.#kept.release();
    }
  }

  #facts(): Facts | null {
    const segments = segmentsIn(this.#header, (at, length) => this.#kept.from(at, length));
    if (segments === null || loadsOf(segments).length > loadLimit) return null;
    const section = sectionNamed(".go.buildinfo", this.#kept, this.#header);
    // Go itself looks only into the first such segment of a program without sections. With relocations, that is
    // not the one.
    const places = section === null ? loadsOf(segments).filter(isData) : [section];
    const memory = memoryOf(segments, this.#kept);
    const info = places.map((place) => buildInfoOf(place, memory)).find((found) => found !== null) ?? null;
    if (info === null && section === null) return null;
    const list = new PackageList("golang");
    if (info === null) list.miss("has build information of Go that is damaged, or too far into the file");
    else addModules(list, info.version, info.modules);
    return list.facts();
  }
}

function rangesOf(header: ElfHeader, head: Buffer): readonly Range[] {
  const { programHeaders } = header;
  const end = programHeaders.offset + programHeaders.entrySize * programHeaders.count;
  const always = [{ start: 0, end: headerSize }, sectionHeadersRange(header)];
  const segments = segmentsIn(header, (at, length) => head.subarray(at, at + length));
  // Tools that add a program header move them behind everything else.
  if (segments === null) return [...always, { start: Math.max(0, programHeaders.offset - maxSegment), end }];
  const loads = loadsOf(segments);
  const data = loads.filter(isData);
  // Up to Go 1.17, the texts are among the constants. Its own linker writes the section headers first.
  const constants = hasEarlySections(header) ? loads.filter(isConstant) : [];
  return [
    ...always,
    { start: 0, end: Math.min(end, head.length) },
    ...[...data, ...constants].map(({ offset, size }) => ({
      start: offset,
      end: offset + Math.min(size, maxSegment),
    })),
  ];
}

const headerSize = 64;

function segmentsIn(
  header: ElfHeader,
  bytesAt: (offset: number, length: number) => Buffer,
): readonly Segment[] | null {
  const { offset, entrySize, count } = header.programHeaders;
  if (entrySize !== (header.identity.class === 64 ? 56 : 32)) return null;
  const table = bytesAt(offset, entrySize * count);
  return table.length < entrySize * count ? null : segmentsOf(table, header);
}

function isData({ isWritable, isExecutable }: Segment): boolean {
  return isWritable && !isExecutable;
}

function isConstant({ isWritable, isExecutable }: Segment): boolean {
  return !isWritable && !isExecutable;
}

/** Reads addresses as debug/buildinfo does: in the first segment of any type that has them. */
function memoryOf(segments: readonly Segment[], kept: KeptRanges): ProgramMemory {
  return (address, length) => {
    const segment = segments.find((one) => address >= one.address && address < one.address + one.size);
    if (segment === undefined) return null;
    const before = address - segment.address;
    return kept.from(segment.offset + before, Math.min(length, segment.size - before));
  };
}
