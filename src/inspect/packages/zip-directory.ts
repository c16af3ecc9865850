import type { Buffer } from "node:buffer";
import { listedEntryOf, signatures, uint64 } from "./zip-headers.ts";

/** What was read of an archive. */
export interface ReadZip<Result> {
  readonly results: readonly Result[];
  /** why something may be missing, as the predicate of a sentence; null if everything was read */
  readonly unread: string | null;
}

/** An entry that was read. */
interface FoundEntry<Result> {
  readonly name: string;
  /** of its header in the file */
  readonly offset: number;
  /** null if its content could not be read */
  readonly result: Result | null;
}

/** Maximum entries of an archive that are wanted. The largest fat jars have some thousand. */
const maxWanted = 20_000;

/** The directory at the end of a ZIP file, and what was found before it. */
export class ZipDirectory<Result> {
  readonly #isWanted: (name: string) => boolean;
  readonly #found = new Map<number, FoundEntry<Result>>();
  readonly #listed: { readonly name: string; readonly offset: number }[] = [];
  /** offset of the first record */
  #start: number | null = null;
  /** offset after the last record */
  #end = 0;
  /** where the directory is, as the last records say */
  #said: { readonly size: number; readonly offset: number } | null = null;
  /** where the file must end */
  #endAt: number | null = null;
  #unread: string | null = null;

  constructor(isWanted: (name: string) => boolean) {
    this.#isWanted = isWanted;
  }

  /** @returns why no more can be added, or null */
  found(entry: FoundEntry<Result>): string | null {
    this.#found.set(entry.offset, entry);
    return this.#found.size > maxWanted ? tooMany : null;
  }

  /** Reads one record at an offset. @returns its bytes, or null if it is not complete */
  read(bytes: Buffer, at: number, offset: number): number | null {
    const left = bytes.length - at;
    // What follows the end is its comment, and `finish` checks its length.
    if (this.#endAt !== null || this.#unread !== null) return left;
    if (left < 4) return null;
    this.#start ??= offset;
    switch (bytes.readUInt32LE(at)) {
      case signatures.directoryEntry:
        return this.#readEntry(bytes, at, offset);
      case signatures.zip64End:
        if (left < 56) return null;
        this.#said = { size: uint64(bytes, at + 40), offset: uint64(bytes, at + 48) };
        return this.#whole(12 + uint64(bytes, at + 4), left);
      case signatures.zip64Locator:
        return this.#whole(20, left);
      case signatures.end:
        if (left < 22) return null;
        this.#said ??= { size: bytes.readUInt32LE(at + 12), offset: bytes.readUInt32LE(at + 16) };
        this.#endAt = offset + 22 + bytes.readUInt16LE(at + 20);
        return 22;
      default:
        this.#unread = "has other bytes between its entries";
        return left;
    }
  }

  /** @param size bytes of the file */
  finish(size: number): ReadZip<Result> {
    const unread = this.#unread ?? this.#problem(size);
    if (unread !== null) return { results: [], unread };
    // Bytes before the archive do not count in its offsets.
    const base = (this.#start ?? 0) - (this.#said?.offset ?? 0);
    const results: Result[] = [];
    let missing: string | null = null;
    for (const { name, offset } of this.#listed) {
      const found = this.#found.get(base + offset);
      const isSame = found?.name === name;
      if (isSame && found.result !== null) results.push(found.result);
      else missing = isSame ? "has an entry that cannot be read" : disagree;
    }
    return { results, unread: missing };
  }

  #readEntry(bytes: Buffer, at: number, offset: number): number | null {
    const entry = listedEntryOf(bytes, at);
    if (entry === null) return null;
    this.#end = offset + entry.recordSize;
    if (this.#isWanted(entry.name)) this.#listed.push({ name: entry.name, offset: entry.offset });
    if (this.#listed.length > maxWanted) this.#unread = tooMany;
    return entry.recordSize;
  }

  #whole(size: number, left: number): number | null {
    if (size > maxRecord) this.#unread = disagree;
    return size <= left ? size : null;
  }

  #problem(size: number): string | null {
    if (this.#start === null || this.#said === null || this.#endAt === null) return "ends early";
    if (this.#endAt !== size) return "has other bytes after its end";
    const end = Math.max(this.#end, this.#start);
    return this.#said.size === end - this.#start ? null : disagree;
  }
}

/** Maximum bytes of the record for large archives: 56, and what nobody uses. */
const maxRecord = 64 * 1024;

const tooMany = `has more than ${maxWanted} archives and descriptions`;
const disagree = "has a directory that does not agree with its entries";
