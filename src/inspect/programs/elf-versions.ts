import type { ElfDynamic, ElfVersionNeed } from "../../image/layer/content.ts";
import { fieldsOf } from "./elf.ts";
import { type ElfMemory, Unread } from "./elf-memory.ts";

/** Maximum items of a list: far more than any program has. */
export const listLimit = 10_000;

export interface VersionReader {
  readonly memory: ElfMemory;
  readonly isLittle: boolean;
  /** reads a text by its offset in the string table */
  readonly text: (offset: number) => string;
}

type VersionNeeds = NonNullable<ElfDynamic["versionNeeds"]>;

/**
 * Returns the versions that other libraries must define (LSB, "Version Requirements"): an Elf64_Verneed for
 * each library, with an Elf64_Vernaux for each version. Both have the same layout in 32 bits. A list ends at
 * the item without a next one, as in glibc (elf/dl-version.c), which ignores DT_VERNEEDNUM and vn_cnt.
 * @throws Unread
 */
export function versionNeedsOf(start: number, { memory, isLittle, text }: VersionReader): VersionNeeds {
  let left = listLimit;
  return [
    ...chain(start, (address) => {
      const { uint16, uint32 } = fieldsOf(memory.bytes(address, 16), isLittle);
      checkRevision(uint16(0));
      const versions = [
        ...chain(address + uint32(8), (address) => {
          if (left-- === 0) throw tooMany();
          const { uint16, uint32 } = fieldsOf(memory.bytes(address, 16), isLittle);
          const isWeak = (uint16(4) & flags.weak) !== 0;
          const need: ElfVersionNeed = { name: text(uint32(8)), ...(isWeak ? { isWeak } : {}) };
          return { item: need, next: uint32(12) };
        }),
      ];
      return { item: { library: text(uint32(4)), versions }, next: uint32(12) };
    }),
  ];
}

/**
 * Returns the names of the versions that a library defines (LSB, "Version Definitions"). The first
 * Elf64_Verdaux of an Elf64_Verdef has the name, and the others have its predecessors. The base definition
 * has the library's own name.
 * @throws Unread
 */
export function versionDefinitionsOf(
  start: number,
  { memory, isLittle, text }: VersionReader,
): readonly string[] {
  const definitions = chain(start, (address) => {
    const { uint16, uint32 } = fieldsOf(memory.bytes(address, 20), isLittle);
    checkRevision(uint16(0));
    const next = uint32(16);
    if ((uint16(2) & flags.base) !== 0) return { item: null, next };
    const name = fieldsOf(memory.bytes(address + uint32(12), 8), isLittle).uint32(0);
    return { item: text(name), next };
  });
  return [...definitions].filter((name) => name !== null);
}

/** VER_FLG_BASE, VER_FLG_WEAK */
const flags = { base: 1, weak: 2 } as const;

/**
 * Yields items that each have the distance to the next in bytes. It is never negative, and 0 in the last
 * item.
 */
function* chain<Item>(
  start: number,
  read: (address: number) => { readonly item: Item; readonly next: number },
): Generator<Item> {
  let address = start;
  for (let count = 0; count < listLimit; count++) {
    const { item, next } = read(address);
    yield item;
    if (next === 0) return;
    address += next;
  }
  throw tooMany();
}

function checkRevision(revision: number): void {
  if (revision !== 1) throw new Unread("its symbol versions are damaged or of an unknown kind");
}

function tooMany(): Unread {
  return new Unread("it has more names than are kept of one file");
}
