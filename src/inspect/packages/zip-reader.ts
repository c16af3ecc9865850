import { Buffer } from "node:buffer";
import { type ReadZip, ZipDirectory } from "./zip-directory.ts";
import { descriptorSize, maxDescriptor, signatures, type ZipEntry, zipEntryOf } from "./zip-headers.ts";

/** Receives the bytes of one entry as they are stored, and returns what they were at the end. */
export interface EntrySink<Result> {
  update(bytes: Buffer): void;
  /** @returns null if the entry could not be read */
  finish(): Result | null;
}

/** What is wanted of an archive. */
export interface ZipWishes<Result> {
  readonly isWanted: (name: string) => boolean;
  /** opens an entry that is wanted */
  readonly open: (entry: ZipEntry) => EntrySink<Result>;
}

interface Current<Result> {
  readonly entry: ZipEntry;
  /** offset of its header */
  readonly offset: number;
  readonly sink: EntrySink<Result> | null;
  /** bytes of its data that have passed */
  passed: number;
}

/** Maximum bytes before the first entry: an executable jar begins with a shell script. */
const maxPrefix = 1024 ** 2;

/**
 * Reads a ZIP file in one pass, from its first header on. The directory at its end then decides, as it does for
 * Java: what it does not list is not in the archive, and what it lists must have been found. So no archive can
 * show this reader other entries than Java.
 */
export class ZipReader<Result> {
  readonly #wishes: ZipWishes<Result>;
  readonly #directory: ZipDirectory<Result>;
  /** reused memory, of which the first bytes are the beginning of something that is not complete yet */
  #held: Buffer = Buffer.alloc(0);
  #heldSize = 0;
  /** offset of the next byte to read */
  #offset = 0;
  #part: "prefix" | "entries" | "directory" | "unreadable" = "prefix";
  #current: Current<Result> | null = null;
  #unread: string | null = null;

  constructor(wishes: ZipWishes<Result>) {
    this.#wishes = wishes;
    this.#directory = new ZipDirectory(wishes.isWanted);
  }

  update(chunk: Buffer): void {
    if (this.#part === "unreadable") return;
    const bytes = this.#heldSize === 0 ? chunk : this.#joined(chunk);
    let at = 0;
    for (let size = this.#step(bytes, at); size !== null; size = this.#step(bytes, at)) {
      at += size;
      this.#offset += size;
    }
    this.#hold(bytes.subarray(at));
  }

  /** Called once, after the last chunk. */
  finish(): ReadZip<Result> {
    const { results, unread } = this.#directory.finish(this.#offset + this.#heldSize);
    if (this.#part === "prefix") return { results: [], unread: "is no ZIP archive" };
    return { results: this.#unread === null ? results : [], unread: this.#unread ?? unread };
  }

  /** Returns what is held and the chunk, valid until the next one. */
  #joined(chunk: Buffer): Buffer {
    const size = this.#heldSize + chunk.length;
    if (size > this.#held.length)
      this.#held = Buffer.concat([this.#held.subarray(0, this.#heldSize)], 2 * size);
    chunk.copy(this.#held, this.#heldSize);
    return this.#held.subarray(0, size);
  }

  #hold(rest: Buffer): void {
    if (rest.length > this.#held.length) this.#held = Buffer.alloc(rest.length);
    rest.copy(this.#held);
    this.#heldSize = rest.length;
  }

  /** Reads one thing. @returns its bytes, or null if it needs more */
  #step(bytes: Buffer, at: number): number | null {
    if (at === bytes.length) return null;
    if (this.#current !== null) return this.#readData(this.#current, bytes, at);
    switch (this.#part) {
      case "prefix":
        return this.#skipPrefix(bytes, at);
      case "entries":
        return this.#readHeader(bytes, at);
      case "directory":
        return this.#directory.read(bytes, at, this.#offset);
      case "unreadable":
        return bytes.length - at;
    }
  }

  #skipPrefix(bytes: Buffer, at: number): number | null {
    if (bytes.length - at < 4) return null;
    const found = bytes.indexOf("PK", at, "latin1");
    const end = found < 0 ? bytes.length - 1 : found;
    if (this.#offset + end - at > maxPrefix) return this.#fail("is no ZIP archive", bytes.length - at);
    if (end > at) return end - at;
    const signature = bytes.readUInt32LE(at);
    if (signature !== signatures.entry && signature !== signatures.end) return 1;
    this.#part = "entries";
    return 0;
  }

  #readHeader(bytes: Buffer, at: number): number | null {
    if (bytes.length - at < 4) return null;
    const signature = bytes.readUInt32LE(at);
    if (signature !== signatures.entry) {
      this.#part = "directory";
      return 0;
    }
    const entry = zipEntryOf(bytes, at);
    if (entry === null) return null;
    const sink = this.#wishes.isWanted(entry.name) ? this.#wishes.open(entry) : null;
    this.#current = { entry, offset: this.#offset, sink, passed: 0 };
    if (entry.size === 0) this.#endEntry(this.#current);
    return entry.headerSize;
  }

  #readData(current: Current<Result>, bytes: Buffer, at: number): number | null {
    const { size } = current.entry;
    if (size === null) return this.#seekDescriptor(current, bytes, at);
    const part = Math.min(size - current.passed, bytes.length - at);
    this.#pass(current, bytes, at, at + part);
    if (current.passed === size) this.#endEntry(current);
    return part;
  }

  /**
   * Looks for the end of data whose size only its descriptor says: where the next header follows a descriptor with
   * the size that the data then has.
   */
  #seekDescriptor(current: Current<Result>, bytes: Buffer, at: number): number | null {
    const sizeAt = (next: number) => (descriptor: number) => current.passed + next - descriptor - at;
    for (
      let next = bytes.indexOf("PK", at, "latin1");
      next >= 0;
      next = bytes.indexOf("PK", next + 1, "latin1")
    ) {
      if (next + 4 > bytes.length) break;
      const signature = bytes.readUInt32LE(next);
      if (signature !== signatures.entry && signature !== signatures.directoryEntry) continue;
      const descriptor = next - at < 12 ? null : descriptorSize(bytes, next, sizeAt(next));
      if (descriptor === null) continue;
      this.#pass(current, bytes, at, next - descriptor);
      this.#endEntry(current);
      return next - at;
    }
    const part = bytes.length - at - maxDescriptor - 4;
    if (part <= 0) return null;
    this.#pass(current, bytes, at, at + part);
    return part;
  }

  #pass(current: Current<Result>, bytes: Buffer, from: number, to: number): void {
    current.passed += to - from;
    if (to > from) current.sink?.update(bytes.subarray(from, to));
  }

  #endEntry({ entry, offset, sink }: Current<Result>): void {
    this.#current = null;
    if (sink === null) return;
    const error = this.#directory.found({ name: entry.name, offset, result: sink.finish() });
    if (error !== null) this.#fail(error, 0);
  }

  #fail(reason: string, size: number): number {
    this.#unread ??= reason;
    this.#part = "unreadable";
    return size;
  }
}
