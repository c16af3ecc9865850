import type { Facts } from "../examiner.ts";
import type { Segment } from "../programs/elf-header.ts";
import { hasEarlySections, loadLimit, loadsOf } from "../programs/elf-ranges.ts";
import type { KeptRanges, Range } from "../programs/kept-ranges.ts";
import type { ElfProgram, ElfSource, KeptProgram } from "./elf-source.ts";
import { buildInfoOf, type ProgramMemory } from "./go-build-info.ts";
import { addModules } from "./go-modules.ts";
import { PackageList } from "./package-list.ts";

/** The build information in Go programs, which is what `go version -m` prints, where Go's linker puts it. */
export const go: ElfSource = { rangesOf, factsOf };

/** Maximum bytes to keep of one segment. */
const maxSegment = 8 * 1024 ** 2;

function rangesOf({ header, segments }: ElfProgram): readonly Range[] {
  const { offset, entrySize, count } = header.programHeaders;
  // Tools that add a program header move them behind everything else.
  if (segments === null)
    return [{ start: Math.max(0, offset - maxSegment), end: offset + entrySize * count }];
  const loads = loadsOf(segments);
  const data = loads.filter(isData);
  // Up to Go 1.17, the texts are among the constants. Its own linker writes the section headers first.
  const constants = hasEarlySections(header) ? loads.filter(isConstant) : [];
  return [...data, ...constants].map(({ offset, size }) => ({
    start: offset,
    end: offset + Math.min(size, maxSegment),
  }));
}

function factsOf({ segments, kept, findSection }: KeptProgram): Facts | null {
  if (segments === null || loadsOf(segments).length > loadLimit) return null;
  const section = findSection(".go.buildinfo");
  // Go itself looks only into the first such segment of a program without sections. With relocations, that is
  // not the one.
  const places = section === null ? loadsOf(segments).filter(isData) : [section];
  const memory = memoryOf(segments, kept);
  const info = places.map((place) => buildInfoOf(place, memory)).find((found) => found !== null) ?? null;
  if (info === null && section === null) return null;
  const list = new PackageList("golang");
  if (info === null) list.miss("has build information of Go that is damaged, or too far into the file");
  else addModules(list, info.version, info.modules);
  return list.facts();
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
