import { type ElfHeader, readingSections, type SectionHeader } from "../programs/elf-header.ts";
import type { KeptRanges, Range } from "../programs/kept-ranges.ts";

/** Maximum bytes of names; a program with a thousand sections has 20,000. */
const maxNames = 64 * 1024;

/** Returns the place of the section headers. Linkers put their names before them, if anywhere near. */
export function sectionHeadersRange({ sectionHeaders }: ElfHeader): Range {
  const { offset, entrySize, count } = sectionHeaders;
  return { start: Math.max(0, offset - maxNames), end: offset + entrySize * count };
}

/** Finds a section by its name. Returns null if there is none. */
export type FindSection = (name: string) => SectionHeader | null;

/**
 * Returns how to find the sections of a file (gABI chapter 4): none, if the section headers or their names were not
 * kept.
 */
export function findingSections(kept: KeptRanges, header: ElfHeader): FindSection {
  const { offset, entrySize, count } = header.sectionHeaders;
  const table = kept.from(offset, entrySize * count);
  const read = table.length < entrySize * count ? null : readingSections(table, header);
  // An index beyond the table says that the true one is elsewhere, for more than 65,000 sections.
  if (read === null || header.sectionNames >= count) return findNothing;
  const { offset: namesAt, size } = read(header.sectionNames);
  const names = kept.from(namesAt, Math.min(size, maxNames));
  return (name) => {
    // Nearly every program lacks it, and has thirty others.
    if (!names.includes(name, 0, "latin1")) return null;
    for (let index = 0; index < count; index++) {
      const section: SectionHeader = read(index);
      const end = section.nameAt + name.length;
      if (names[end] === 0 && names.toString("latin1", section.nameAt, end) === name) return section;
    }
    return null;
  };
}

const findNothing: FindSection = () => null;
