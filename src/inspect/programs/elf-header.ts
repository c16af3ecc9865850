import type { Buffer } from "node:buffer";
import type { ElfFacts } from "../../image/layer/content.ts";
import { fieldsOf, isElf } from "./elf.ts";

export type ElfIdentity = Pick<ElfFacts, "class" | "byteOrder" | "machine" | "type">;

/** The fields of the ELF header that loading depends on (elf(5)). Offsets and sizes are bytes of the file. */
export interface ElfHeader {
  readonly identity: ElfIdentity;
  /** virtual address of the first instruction; 0 in most libraries */
  readonly entry: number;
  readonly programHeaders: ElfTable;
  readonly sectionHeaders: ElfTable;
  /** index of the section with the names of sections (e_shstrndx) */
  readonly sectionNames: number;
}

export interface ElfTable {
  readonly offset: number;
  readonly entrySize: number;
  readonly count: number;
}

/** One program header. */
export interface Segment {
  readonly type: number;
  readonly isExecutable: boolean;
  readonly isWritable: boolean;
  readonly offset: number;
  readonly address: number;
  /** bytes in the file; it may be larger in memory */
  readonly size: number;
}

export const segmentTypes = { load: 1, dynamic: 2, interpreter: 3 } as const;

/** Bytes of the 64-bit header. */
export const elfHeaderSize = 64;

/**
 * Returns the identity of a program or shared library (ET_EXEC, ET_DYN); null for other files.
 * @param head the beginning of the file; a few bytes suffice
 */
export function identityOf(head: Buffer): ElfIdentity | null {
  if (head.length < 20 || !isElf(head)) return null;
  const [width, order] = [head[4], head[5]];
  if ((width !== 1 && width !== 2) || (order !== 1 && order !== 2)) return null;
  const { uint16 } = fieldsOf(head, order === 1);
  const type = uint16(16);
  if (type !== 2 && type !== 3) return null;
  return {
    class: width === 1 ? 32 : 64,
    byteOrder: order === 1 ? "little" : "big",
    machine: uint16(18),
    type,
  };
}

/** @param head at least `elfHeaderSize` bytes */
export function headerOf(head: Buffer, identity: ElfIdentity): ElfHeader {
  const { uint16, uint32, uint64 } = fieldsOf(head, identity.byteOrder === "little");
  if (identity.class === 64)
    return {
      identity,
      entry: uint64(24),
      programHeaders: { offset: uint64(32), entrySize: uint16(54), count: uint16(56) },
      sectionHeaders: { offset: uint64(40), entrySize: uint16(58), count: uint16(60) },
      sectionNames: uint16(62),
    };
  return {
    identity,
    entry: uint32(24),
    programHeaders: { offset: uint32(28), entrySize: uint16(42), count: uint16(44) },
    sectionHeaders: { offset: uint32(32), entrySize: uint16(46), count: uint16(48) },
    sectionNames: uint16(50),
  };
}

/**
 * Reports whether the kernel accepts the program headers: entry size, and at most 64 KiB (fs/binfmt_elf.c,
 * load_elf_phdrs).
 */
export function hasSoundProgramHeaders({ identity, programHeaders }: ElfHeader): boolean {
  const { offset, entrySize, count } = programHeaders;
  return (
    offset > 0 && count > 0 && entrySize === entrySizes[identity.class].program && entrySize * count <= 65_536
  );
}

/** Bytes of one entry of a table. */
export const entrySizes = { 32: { program: 32, section: 40 }, 64: { program: 56, section: 64 } } as const;

/** @param table all bytes of the program headers */
export function segmentsOf(table: Buffer, { identity, programHeaders }: ElfHeader): readonly Segment[] {
  const { uint32, uint64 } = fieldsOf(table, identity.byteOrder === "little");
  const is64 = identity.class === 64;
  const segments: Segment[] = [];
  for (let index = 0; index < programHeaders.count; index++) {
    const at = index * programHeaders.entrySize;
    const flags = uint32(is64 ? at + 4 : at + 24);
    segments.push({
      type: uint32(at),
      isExecutable: (flags & 1) !== 0,
      isWritable: (flags & 2) !== 0,
      offset: is64 ? uint64(at + 8) : uint32(at + 4),
      address: is64 ? uint64(at + 16) : uint32(at + 8),
      size: is64 ? uint64(at + 32) : uint32(at + 16),
    });
  }
  return segments;
}

/** One section header. */
export interface SectionHeader {
  /** offset in the section with the names */
  readonly nameAt: number;
  readonly type: number;
  readonly isLoaded: boolean;
  readonly address: number;
  /** bytes of the file */
  readonly offset: number;
  readonly size: number;
}

/**
 * Returns how to read a section header by its index.
 * @param table all bytes of the section headers
 * @returns null if they are of another kind
 */
export function readingSections(
  table: Buffer,
  { identity, sectionHeaders }: ElfHeader,
): ((index: number) => SectionHeader) | null {
  const { uint32, uint64 } = fieldsOf(table, identity.byteOrder === "little");
  const is64 = identity.class === 64;
  const { entrySize } = sectionHeaders;
  if (entrySize !== entrySizes[identity.class].section) return null;
  return (index) => {
    const at = index * entrySize;
    return {
      nameAt: uint32(at),
      type: uint32(at + 4),
      isLoaded: ((is64 ? uint64(at + 8) : uint32(at + 8)) & 2) !== 0,
      address: is64 ? uint64(at + 16) : uint32(at + 12),
      offset: is64 ? uint64(at + 24) : uint32(at + 16),
      size: is64 ? uint64(at + 32) : uint32(at + 20),
    };
  };
}

/** SHT_STRTAB, SHT_DYNAMIC, SHT_GNU_verdef, SHT_GNU_verneed: the sections that a loader reads. */
const tableTypes: ReadonlySet<number> = new Set([3, 6, 0x6ffffffd, 0x6ffffffe]);

/**
 * Returns where the sections are that a loader reads.
 * @param table all bytes of the section headers
 */
export function tableSectionsOf(table: Buffer, header: ElfHeader): readonly SectionHeader[] {
  const read = readingSections(table, header);
  if (read === null) return [];
  const sections = Array.from({ length: header.sectionHeaders.count }, (_, index) => read(index));
  return sections.filter(({ type, isLoaded }) => isLoaded && tableTypes.has(type));
}
