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
  const { needed, values } = attempt(() => entriesOf(table, identity)) ?? none;
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
    needed: attempt(() => textsOf(needed, text)),
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

/** The entries that are read. */
interface Entries {
  /** values of DT_NEEDED, in order */
  readonly needed: readonly number[];
  /** the last value of each other tag */
  readonly values: ReadonlyMap<number, number>;
}

const none: Entries = { needed: [], values: new Map() };
const isRead: ReadonlySet<number> = new Set(Object.values(tags));

/** Returns the entries up to DT_NULL. */
function entriesOf(table: Buffer, identity: ElfIdentity): Entries {
  const { uint32, uint64 } = fieldsOf(table, identity.byteOrder === "little");
  const [word, size] = identity.class === 64 ? [uint64, 8] : [uint32, 4];
  const needed: number[] = [];
  const values = new Map<number, number>();
  for (let at = 0; at + 2 * size <= table.length; at += 2 * size) {
    const tag = word(at);
    if (tag === tags.end) return { needed, values };
    if (tag === tags.needed) needed.push(word(at + size));
    else if (isRead.has(tag)) values.set(tag, word(at + size));
  }
  throw new Unread("its dynamic section has no end");
}

function textsOf(offsets: readonly number[], text: (offset: number) => string): readonly string[] {
  if (offsets.length > listLimit) throw new Unread("it has more names than are kept of one file");
  return offsets.map(text);
}

/** Removes undefined properties and empty lists. */
function withoutAbsent(
  dynamic: { readonly [Key in keyof ElfDynamic]: ElfDynamic[Key] | undefined },
): ElfDynamic {
  const present: Record<string, unknown> = {};
  for (const key in dynamic) {
    const value = dynamic[key as keyof ElfDynamic];
    if (value !== undefined && !(Array.isArray(value) && value.length === 0)) present[key] = value;
  }
  return present;
}
