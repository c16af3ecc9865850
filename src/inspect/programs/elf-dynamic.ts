import type { Buffer } from "node:buffer";
import type { ElfDynamic } from "../../image/layer/content.ts";
import { fieldsOf } from "./elf.ts";
import type { ElfIdentity } from "./elf-header.ts";
import { type ElfMemory, Unread } from "./elf-memory.ts";
import { listLimit, versionDefinitionsOf, versionNeedsOf } from "./elf-versions.ts";

/** Entries of the dynamic section (gABI, chapter 5; LSB, "Additional Special Sections"). */
const tags = {
  end: 0,
  needed: 1,
  strings: 5,
  soname: 14,
  rpath: 15,
  runpath: 29,
  flags1: 0x6ffffffb,
  versionDefinitions: 0x6ffffffc,
  versionNeeds: 0x6ffffffe,
} as const;

const flags1 = { noDefaultLibraries: 0x800, pie: 0x08000000 } as const;

export interface ReadDynamic {
  readonly dynamic: ElfDynamic;
  /** why it is incomplete; null if it is complete */
  readonly unread: string | null;
}

/**
 * Reads the dynamic section as far as possible.
 * @param table its bytes
 */
export function readDynamic(table: Buffer, memory: ElfMemory, identity: ElfIdentity): ReadDynamic {
  let unread: string | null = null;
  const attempt = <Value>(read: () => Value): Value | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      unread ??= error.message;
      return undefined;
    }
  };
  const entries = attempt(() => entriesOf(table, identity)) ?? [];
  const values = new Map(entries);
  const text = (offset: number): string => {
    const strings = values.get(tags.strings);
    if (strings === undefined) throw new Unread("it has no string table");
    return memory.text(strings + offset);
  };
  const textOf = (tag: number) => {
    const offset = values.get(tag);
    return offset === undefined ? undefined : attempt(() => text(offset));
  };
  const tableOf = <Item>(tag: number, read: (address: number) => readonly Item[]) => {
    const address = values.get(tag);
    return address === undefined ? undefined : attempt(() => read(address));
  };
  const reader = { memory, text };
  const flags = values.get(tags.flags1) ?? 0;
  const dynamic = withoutAbsent({
    needed: attempt(() => neededOf(entries, text)),
    soname: textOf(tags.soname),
    rpath: textOf(tags.rpath),
    runpath: textOf(tags.runpath),
    hasNoDefaultLibraries: (flags & flags1.noDefaultLibraries) !== 0 ? true : undefined,
    isPie: (flags & flags1.pie) !== 0 ? true : undefined,
    versionNeeds: tableOf(tags.versionNeeds, (address) => versionNeedsOf(address, reader)),
    versionDefinitions: tableOf(tags.versionDefinitions, (address) => versionDefinitionsOf(address, reader)),
  });
  return { dynamic, unread };
}

type Entry = readonly [tag: number, value: number];

/** Returns the entries up to DT_NULL. The last entry of a tag counts, except for DT_NEEDED. */
function entriesOf(table: Buffer, identity: ElfIdentity): readonly Entry[] {
  const { uint32, uint64 } = fieldsOf(table, identity.byteOrder === "little");
  const [word, size] = identity.class === 64 ? [uint64, 8] : [uint32, 4];
  const entries: Entry[] = [];
  for (let at = 0; at + 2 * size <= table.length; at += 2 * size) {
    const tag = word(at);
    if (tag === tags.end) return entries;
    entries.push([tag, word(at + size)]);
  }
  throw new Unread("its dynamic section has no end");
}

function neededOf(entries: readonly Entry[], text: (offset: number) => string): readonly string[] {
  const offsets = entries.filter(([tag]) => tag === tags.needed);
  if (offsets.length > listLimit) throw new Unread("it has more names than are kept of one file");
  return offsets.map(([, offset]) => text(offset));
}

/** Removes undefined properties and empty lists. */
function withoutAbsent(
  dynamic: { readonly [Key in keyof ElfDynamic]: ElfDynamic[Key] | undefined },
): ElfDynamic {
  const present = Object.entries(dynamic).filter(
    ([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(present);
}
