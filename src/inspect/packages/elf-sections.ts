import type { Buffer } from "node:buffer";
import { fieldsOf } from "../programs/elf.ts";
import type { ElfHeader, ElfIdentity } from "../programs/elf-header.ts";
import type { KeptRanges, Range } from "../programs/kept-ranges.ts";

/** A named part of an ELF file. */
export interface ElfSection {
  readonly name: string;
  readonly address: number;
  /** bytes of the file */
  readonly offset: number;
  readonly size: number;
}

/** Maximum bytes of names; a program with a thousand sections has 20,000. */
const maxNames = 64 * 1024;

/** Returns the place of the section headers. Linkers put their names before them, if anywhere near. */
export function sectionHeadersRange({ sectionHeaders }: ElfHeader): Range {
  const { offset, entrySize, count } = sectionHeaders;
  return { start: Math.max(0, offset - maxNames), end: offset + entrySize * count };
}

/** Finds a section by its name. Returns null if there is none. */
export type FindSection = (name: string) => ElfSection | null;

/**
 * Returns how to find the sections of a file (gABI chapter 4): none, if the section headers or their names were not
 * kept.
 */
export function findingSections(kept: KeptRanges, { identity, sectionHeaders }: ElfHeader): FindSection {
  const { offset, entrySize, count } = sectionHeaders;
  const fields = fieldsOf(kept.from(0, 64), identity.byteOrder === "little");
  const table = kept.from(offset, entrySize * count);
  if (entrySize !== sizeOf(identity) || table.length < entrySize * count) return findNothing;
  const read = readerOf(table, identity);
  // An index beyond the table says that the true one is elsewhere, for more than 65,000 sections.
  const namesIndex = fields.uint16(identity.class === 64 ? 62 : 50);
  if (namesIndex >= count) return findNothing;
  const { offset: namesAt, size } = read(namesIndex);
  const names = kept.from(namesAt, Math.min(size, maxNames));
  return (name) => {
    // Nearly every program lacks it, and has thirty others.
    if (!names.includes(name, 0, "latin1")) return null;
    for (let index = 0; index < count; index++) {
      const { nameAt, ...place } = read(index);
      const end = nameAt + name.length;
      if (names[end] === 0 && names.toString("latin1", nameAt, end) === name) return { name, ...place };
    }
    return null;
  };
}

const findNothing: FindSection = () => null;

function sizeOf(identity: ElfIdentity): number {
  return identity.class === 64 ? 64 : 40;
}

function readerOf(table: Buffer, identity: ElfIdentity) {
  const { uint32, uint64 } = fieldsOf(table, identity.byteOrder === "little");
  return (index: number) => {
    const at = index * sizeOf(identity);
    const place =
      identity.class === 64
        ? { address: uint64(at + 16), offset: uint64(at + 24), size: uint64(at + 32) }
        : { address: uint32(at + 12), offset: uint32(at + 16), size: uint32(at + 20) };
    return { nameAt: uint32(at), ...place };
  };
}
