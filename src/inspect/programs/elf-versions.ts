import type { ElfDynamic, ElfVersionNeed } from "../../image/layer/content.ts";
import { type ElfMemory, Unread } from "./elf-memory.ts";

/** Maximum items of a list: far more than any program has. */
export const listLimit = 10_000;

export interface VersionReader {
  readonly memory: ElfMemory;
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
export function versionNeedsOf(start: number, { memory, text }: VersionReader): VersionNeeds {
  let left = listLimit;
  return listOf(start, (address) => {
    const need = memory.structure(address, 16);
    checkRevision(memory.uint16(need));
    const versions = listOf<ElfVersionNeed>(address + memory.uint32(need + 8), (address) => {
      if (left-- === 0) throw tooMany();
      const version = memory.structure(address, 16);
      const name = text(memory.uint32(version + 8));
      const isWeak = (memory.uint16(version + 4) & flags.weak) !== 0;
      return { item: isWeak ? { name, isWeak } : { name }, next: memory.uint32(version + 12) };
    });
    return { item: { library: text(memory.uint32(need + 4)), versions }, next: memory.uint32(need + 12) };
  });
}

/**
 * Returns the names of the versions that a library defines (LSB, "Version Definitions"). The first
 * Elf64_Verdaux of an Elf64_Verdef has the name, and the others have its predecessors. The base definition
 * has the library's own name.
 * @throws Unread
 */
export function versionDefinitionsOf(start: number, { memory, text }: VersionReader): readonly string[] {
  const names = listOf(start, (address) => {
    const definition = memory.structure(address, 20);
    checkRevision(memory.uint16(definition));
    const next = memory.uint32(definition + 16);
    if ((memory.uint16(definition + 2) & flags.base) !== 0) return { item: null, next };
    const name = memory.structure(address + memory.uint32(definition + 12), 8);
    return { item: text(memory.uint32(name)), next };
  });
  return names.filter((name) => name !== null);
}

/** VER_FLG_BASE, VER_FLG_WEAK */
const flags = { base: 1, weak: 2 } as const;

/** Reads items that each have the distance to the next in bytes. It is never negative, and 0 in the last. */
function listOf<Item>(
  start: number,
  read: (address: number) => { readonly item: Item; readonly next: number },
): readonly Item[] {
  const items: Item[] = [];
  let address = start;
  while (items.length < listLimit) {
    const { item, next } = read(address);
    items.push(item);
    if (next === 0) return items;
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
