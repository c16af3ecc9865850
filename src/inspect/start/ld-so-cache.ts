import { Buffer } from "node:buffer";
import type { BytePath } from "../../image/path.ts";

/** Which entries a loader accepts: those with the flags of its own ABI (glibc's sysdeps/…/dl-cache.h). */
export interface CacheAbi {
  readonly byteOrder: "little" | "big";
  /** alignment of the new format's header inside the old one: that of a 64-bit field, in bytes */
  readonly alignment: 4 | 8;
  readonly flags: readonly number[];
  /** flags of the entry that ends the search; other entries count only if there is none */
  readonly preferred: number;
}

/** Where a library is, according to the cache. */
export interface Cached {
  /** the path for every processor; null if there is none */
  readonly path: BytePath | null;
  /** paths for some processors only (glibc-hwcaps, and the older hwcap mask) */
  readonly processors: readonly BytePath[];
}

export type LdSoCache = (name: BytePath) => Cached;

interface Entry {
  readonly flags: number;
  /** offset of the path's text */
  readonly value: number;
  readonly isForSomeProcessors: boolean;
}

const oldMagic = "ld.so-1.7.0";
const newMagic = "glibc-ld.so.cache1.1";
const newHeader = 48;
const nowhere: Cached = { path: null, processors: [] };

/**
 * Reads /etc/ld.so.cache in both formats, including the newer one inside the older one (glibc's dl-cache.h).
 * A cache that glibc rejects, such as one of the other byte order, counts as empty.
 * @param text latin1
 */
export function ldSoCache(text: string, abi: CacheAbi): LdSoCache {
  const file = Buffer.from(text, "latin1");
  const begin = beginOfNew(file, abi);
  if (begin === null) return () => nowhere;
  if (begin !== "old") return newFormat(file.subarray(begin), abi);
  const amount = number(file, 12, abi);
  const strings = file.subarray(16 + amount * 12);
  return lookup(strings, abi, entriesOf(file.subarray(16, 16 + amount * 12), 12, strings, abi));
}

/**
 * Returns where the new format begins; `old` if the file has only the old one; null if the cache is invalid.
 */
function beginOfNew(file: Buffer, abi: CacheAbi): number | "old" | null {
  if (hasAt(file, 0, newMagic)) return isWhole(file, abi) ? 0 : null;
  if (!hasAt(file, 0, oldMagic) || file.length <= 16) return null;
  const amount = number(file, 12, abi);
  if (Math.floor((file.length - 16) / 12) < amount) return null;
  const end = 16 + amount * 12;
  const begin = Math.ceil(end / abi.alignment) * abi.alignment;
  if (!hasAt(file, begin, newMagic)) return "old";
  return isWhole(file.subarray(begin), abi) ? begin : null;
}

function isWhole(file: Buffer, abi: CacheAbi): boolean {
  if (file.length <= newHeader) return false;
  // Two bits are the byte order. Caches from before glibc 2.33 have 0.
  const order = file.readUInt8(28);
  if (order !== 0 && (order & 3) !== (abi.byteOrder === "little" ? 2 : 3)) return false;
  return Math.floor((file.length - newHeader) / 24) >= number(file, 20, abi);
}

function newFormat(file: Buffer, abi: CacheAbi): LdSoCache {
  const entries = file.subarray(newHeader, newHeader + number(file, 20, abi) * 24);
  return lookup(file, abi, entriesOf(entries, 24, file, abi));
}

function entriesOf(
  table: Buffer,
  size: 12 | 24,
  strings: Buffer,
  abi: CacheAbi,
): ReadonlyMap<string, readonly Entry[]> {
  const entries = new Map<string, Entry[]>();
  for (let at = 0; at + size <= table.length; at += size) {
    const flags = number(table, at, abi);
    if (!abi.flags.includes(flags)) continue;
    const name = textAt(strings, number(table, at + 4, abi), 255);
    if (name === null) continue;
    const isForSomeProcessors =
      size === 24 && (number(table, at + 16, abi) !== 0 || number(table, at + 20, abi) !== 0);
    const entry = { flags, value: number(table, at + 8, abi), isForSomeProcessors };
    const known = entries.get(comparable(name));
    if (known === undefined) entries.set(comparable(name), [entry]);
    else known.push(entry);
  }
  return entries;
}

function lookup(strings: Buffer, abi: CacheAbi, entries: ReadonlyMap<string, readonly Entry[]>): LdSoCache {
  return (name) => {
    const found = entries.get(comparable(name)) ?? [];
    // More entries of one name are only in hostile caches.
    const pathsOf = (some: readonly Entry[]) =>
      some
        .slice(0, 16)
        .map(({ value }) => textAt(strings, value, 4095))
        .filter((path) => path !== null);
    const others = found.filter(({ isForSomeProcessors }) => !isForSomeProcessors);
    const best = others.find(({ flags }) => flags === abi.preferred) ?? others.at(-1);
    const [path = null] = best === undefined ? [] : pathsOf([best]);
    return { path, processors: pathsOf(found.filter(({ isForSomeProcessors }) => isForSomeProcessors)) };
  };
}

/** Numbers in names are compared as numbers: `libx.so.01` is `libx.so.1`. */
function comparable(name: string): string {
  return name.replace(/(?<!\d)0+(?=\d)/g, "");
}

function number(file: Buffer, at: number, { byteOrder }: CacheAbi): number {
  if (at + 4 > file.length) return 0;
  return byteOrder === "little" ? file.readUInt32LE(at) : file.readUInt32BE(at);
}

function hasAt(file: Buffer, at: number, text: string): boolean {
  return file.toString("latin1", at, at + text.length) === text;
}

/** Returns the text at an offset; null if it is longer than `maxBytes` or has no end. */
function textAt(strings: Buffer, at: number, maxBytes: number): string | null {
  if (at >= strings.length) return null;
  const end = strings.subarray(at, at + maxBytes + 1).indexOf(0);
  return end === -1 ? null : strings.toString("latin1", at, at + end);
}
