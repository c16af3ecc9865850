import { Buffer } from "node:buffer";
import { setImmediate } from "node:timers/promises";
import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import { ByteReader, type Soon, truncated } from "./byte-reader.ts";
import { blockSize, parseString, parseTarHeader, type TarHeader } from "./header.ts";
import { applyPax, type PaxRecords, parsePax } from "./pax.ts";
import { readOldSparseMap, readPaxSparseMap, type SparseMap } from "./sparse.ts";

/** One member of a tar, as Go's archive/tar returns it. Names are unchanged, in latin1. */
export interface TarMember {
  readonly path: BytePath;
  readonly linkTarget: BytePath;
  /** the type flag: "0" to "7", "S", or any other character in the archive */
  readonly type: string;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** bytes of the member's content, including the holes of sparse files */
  readonly size: number;
  /** bytes of the member's content in the archive, without the holes of sparse files */
  readonly stored: number;
  /** seconds since the epoch, whole */
  readonly modified: number;
  readonly device: readonly [major: number, minor: number];
  readonly pax: PaxRecords;
  readonly payload: TarPayload;
}

/**
 * A member's bytes, as views of the stream's chunks. Can be read once, before the next member is requested.
 */
export interface TarPayload extends AsyncIterable<Uint8Array> {
  /** Returns all bytes if one chunk has them, as for most files. Otherwise returns null: iterate instead. */
  atHand(): Uint8Array | null;
}

/** Counts the bytes of an archive that are not members' content. */
export interface TarOverhead {
  /** headers, extended headers, and maps of sparse files */
  headers: number;
  /** zeros that fill up blocks, and everything from the end of the archive on */
  padding: number;
}

/**
 * Reads a tar from front to back, exactly as Go's archive/tar does, because engines unpack layers with it:
 * refuses the same archives, and returns the same names. Skips global extended headers, since engines ignore
 * them. Reads the stream to its end, past the end of the archive.
 * @param options.isMarked whether a block of zeros must mark the end; Go's reader also accepts the end of the
 * stream
 * @param options.overhead is counted up while the archive is read; complete at its end
 * @throws Failure archive-invalid, archive-truncated, limit-exceeded
 */
export async function* readTar(
  bytes: AsyncIterable<Uint8Array>,
  options: { readonly isMarked?: boolean; readonly overhead?: TarOverhead } = {},
): AsyncGenerator<TarMember, void> {
  const reader = new ByteReader(bytes);
  const { isMarked = false, overhead = { headers: 0, padding: 0 } } = options;
  const tar = new TarReader(reader, isMarked, overhead);
  try {
    for (let member = await tar.next(); member !== null; member = await tar.next()) {
      yield member;
      await member.payload.discard();
    }
    overhead.padding += await reader.upTo(Number.POSITIVE_INFINITY);
  } finally {
    await reader.close();
  }
}

/**
 * Reports whether the first 512 bytes are those of a tar: a header with a valid checksum, or the zeros of an
 * empty archive.
 */
export function looksLikeTar(firstBlock: Buffer): boolean {
  if (firstBlock.length < blockSize) return false;
  if (isZero(firstBlock)) return true;
  try {
    parseTarHeader(firstBlock);
    return true;
  } catch {
    return false;
  }
}

/**
 * Members of these types have no payload, whatever their size field says: links, devices, directories, fifos.
 */
const headerOnly = new Set(["1", "2", "3", "4", "5", "6"]);
const noRecords: PaxRecords = new Map();
const zeroBlock = Buffer.alloc(blockSize);
const zeros = Buffer.alloc(64 * 1024);
/** 8 MiB, which take about 50 ms to search. */
const zeroChunksPerTurn = 128;

class TarReader {
  readonly #reader: ByteReader;
  readonly #isMarked: boolean;
  readonly #overhead: TarOverhead;
  #members = 0;
  #extendedHeaders = 0;
  #holes = 0;

  constructor(reader: ByteReader, isMarked: boolean, overhead: TarOverhead) {
    this.#reader = reader;
    this.#isMarked = isMarked;
    this.#overhead = overhead;
  }

  async next() {
    if (++this.#members > limits.members) throw tooMuch(`over ${limits.members} members`);
    let records = noRecords;
    let longPath = "";
    let longTarget = "";
    for (let block = await this.#block(); block !== null; block = await this.#block()) {
      const header = parseTarHeader(block);
      this.#overhead.headers += blockSize;
      // Go checks the size before an extended header can override it.
      payloadSize(header);
      switch (header.type) {
        case "x":
          records = parsePax(await this.#extended(header));
          break;
        case "g":
          // Go's reader returns this as a member, so it discards the extended headers before it.
          parsePax(await this.#extended(header));
          [records, longPath, longTarget] = [noRecords, "", ""];
          break;
        case "L":
          longPath = cString(await this.#extended(header));
          break;
        case "K":
          longTarget = cString(await this.#extended(header));
          break;
        default:
          applyPax(header, records);
          if (longPath !== "") header.path = longPath;
          if (longTarget !== "") header.linkTarget = longTarget;
          if (header.type === "\0") header.type = header.path.endsWith("/") ? "5" : "0";
          return this.#member(header, block, records);
      }
    }
    return null;
  }

  /**
   * Returns the next header, or null at the end: end of stream, one zero block before it, or two zero blocks.
   */
  #block(): Soon<Buffer | null> {
    const block = this.#reader.atHand(blockSize);
    return block === null || isZero(block) ? this.#lastBlock(block) : block;
  }

  /** @param available null if the stream must be awaited */
  async #lastBlock(available: Buffer | null): Promise<Buffer | null> {
    const read = () => (this.#isMarked ? this.#reader.must(blockSize) : this.#reader.exactly(blockSize));
    const block = available ?? (await read());
    if (block === null || !isZero(block)) return block;
    const second = await this.#reader.exactly(blockSize);
    this.#overhead.padding += blockSize + (second?.length ?? 0);
    if (second === null || isZero(second)) return null;
    throw invalid("there is a block of zeros between two members");
  }

  async #extended(header: TarHeader): Promise<Buffer> {
    const size = payloadSize(header);
    this.#extendedHeaders += size;
    if (size > limits.extendedHeader) throw tooMuch("an extended header of over 1 MiB");
    if (this.#extendedHeaders > limits.extendedHeaders) throw tooMuch("over 256 MiB of extended headers");
    // Copied: the bytes after it may be in the next chunk.
    const bytes = Buffer.from(await this.#reader.must(size));
    this.#overhead.headers += size + (await this.#reader.upTo(paddingOf(size)));
    return bytes;
  }

  #member(header: TarHeader, block: Buffer, pax: PaxRecords) {
    const stored = payloadSize(header);
    const map =
      header.type === "S"
        ? readOldSparseMap(header, block, this.#reader)
        : readPaxSparseMap(header, pax, this.#reader);
    if (map !== null) return this.#sparseMember(header, pax, stored, map);
    return member(header, pax, { size: header.size, stored }, this.#payload(stored, null, stored));
  }

  /** @param stored bytes in the archive */
  async #sparseMember(header: TarHeader, pax: PaxRecords, stored: number, reading: Promise<SparseMap>) {
    const map = await reading;
    const data = map.fragments.reduce((sum, fragment) => sum + fragment.length, 0);
    if (headerOnly.has(header.type) || data !== (header.type === "S" ? stored : stored - map.mapSize))
      throw invalid("a sparse file's map does not match its size");
    this.#holes += map.size - data;
    if (this.#holes > limits.holes) throw tooMuch("sparse files with over 512 MiB of holes");
    if (header.type !== "S") header.path = pax.get("GNU.sparse.name") || header.path;
    this.#overhead.headers += map.mapSize;
    return member(header, pax, { size: map.size, stored: data }, this.#payload(data, map, stored));
  }

  /** @param padded bytes in the archive that its padding follows: the payload, after any map */
  #payload(stored: number, map: SparseMap | null, padded: number): Payload {
    return new Payload(this.#reader, this.#overhead, { stored, map, padding: paddingOf(padded) });
  }
}

function member(
  header: TarHeader,
  pax: PaxRecords,
  { size, stored }: Pick<TarMember, "size" | "stored">,
  payload: Payload,
) {
  const { path, linkTarget, type, mode, uid, gid, modified, device } = header;
  return { path, linkTarget, type, mode, uid, gid, size, stored, modified, device, pax, payload };
}

class Payload implements TarPayload {
  readonly #reader: ByteReader;
  readonly #overhead: TarOverhead;
  readonly #map: SparseMap | null;
  readonly #padding: number;
  #remaining: number;

  /**
   * @param part.stored bytes in the archive
   * @param part.map null if the file has no holes
   */
  constructor(
    reader: ByteReader,
    overhead: TarOverhead,
    { stored, map, padding }: Readonly<{ stored: number; map: SparseMap | null; padding: number }>,
  ) {
    this.#reader = reader;
    this.#overhead = overhead;
    this.#remaining = stored;
    this.#map = map;
    this.#padding = padding;
  }

  atHand(): Uint8Array | null {
    if (this.#map !== null) return null;
    const bytes = this.#reader.atHand(this.#remaining);
    if (bytes !== null) this.#remaining = 0;
    return bytes;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    if (this.#map === null) return yield* this.#stored(this.#remaining);
    let position = 0;
    for (const { offset, length } of this.#map.fragments) {
      yield* holes(offset - position);
      yield* this.#stored(length);
      position = offset + length;
    }
    yield* holes(this.#map.size - position);
  }

  /** Skips the unread bytes and the padding, which Go does not require after the last member. */
  async discard(): Promise<void> {
    await this.#reader.skip(this.#remaining);
    this.#overhead.padding += await this.#reader.upTo(this.#padding);
  }

  async *#stored(length: number): AsyncGenerator<Uint8Array, void> {
    for (let remaining = length; remaining > 0; ) {
      const chunk = await this.#reader.some(remaining);
      if (chunk === null) throw truncated();
      remaining -= chunk.length;
      this.#remaining -= chunk.length;
      yield chunk;
    }
  }
}

/** Yields zeros. No stream is awaited here, so other events, such as signals, get a turn in between. */
async function* holes(length: number): AsyncGenerator<Uint8Array, void> {
  for (let remaining = length, turn = 1; remaining > 0; remaining -= zeros.length, turn++) {
    yield zeros.subarray(0, remaining);
    if (turn % zeroChunksPerTurn === 0) await setImmediate();
  }
}

function payloadSize(header: TarHeader): number {
  if (headerOnly.has(header.type)) return 0;
  if (header.size < 0) throw invalid("a member has a negative size");
  return header.size;
}

function paddingOf(size: number): number {
  return (blockSize - (size % blockSize)) % blockSize;
}

function isZero(block: Buffer): boolean {
  return block[0] === 0 && zeroBlock.equals(block);
}

function cString(bytes: Buffer): string {
  return parseString(bytes, 0, bytes.length);
}

function invalid(what: string): Failure {
  return new Failure("archive-invalid", `The archive is malformed: ${what}.`);
}

function tooMuch(what: string): Failure {
  return new Failure("limit-exceeded", `The archive has ${what}, more than any honest image has.`);
}
