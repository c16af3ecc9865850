import type { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { ByteReader } from "./byte-reader.ts";
import { blockSize, parseNumber, type TarHeader } from "./header.ts";
import { type PaxRecords, parseDecimal } from "./pax.ts";

/** Where a sparse file has data, and its size including the holes, which read as zeros. All in bytes. */
export interface SparseMap {
  readonly fragments: readonly Fragment[];
  readonly size: number;
  /** size of the map besides the header: at the start of the payload or, in the oldest form, before it */
  readonly mapSize: number;
}

interface Fragment {
  readonly offset: number;
  readonly length: number;
}

/**
 * In characters. Without this limit, leading zeros could make a line long enough to be scanned over and over.
 */
const maxNumberLength = 4096;

/**
 * Reads the map of GNU's oldest form, type flag S: four fragments in the header, and more in the blocks after
 * it.
 * @throws Failure archive-invalid, archive-truncated, limit-exceeded
 */
export async function readOldSparseMap(
  header: TarHeader,
  block: Buffer,
  reader: ByteReader,
): Promise<SparseMap> {
  if (header.format !== "gnu") throw invalid();
  const size = parseNumber(block, 483, 12);
  const fragments = oldFragments(block, 386, 4);
  let isExtended = block[386 + 4 * 24] !== 0;
  let mapSize = 0;
  for (; isExtended; mapSize += blockSize) {
    if (mapSize >= limits.extendedHeader) throw tooLong();
    const more = await reader.must(blockSize);
    fragments.push(...oldFragments(more, 0, 21));
    isExtended = more[21 * 24] !== 0;
  }
  return checked({ fragments, size, mapSize });
}

/**
 * Reads the map of GNU's PAX forms 0.0, 0.1 and 1.0; form 1.0 has its map at the start of the payload.
 * Returns null if the member is not sparse.
 * @throws Failure archive-invalid, archive-truncated, limit-exceeded
 */
export function readPaxSparseMap(
  header: TarHeader,
  records: PaxRecords,
  reader: ByteReader,
): Promise<SparseMap> | null {
  const version = versionOf(records);
  return version === null ? null : readPaxMap(version, header, records, reader);
}

async function readPaxMap(
  version: "0.1" | "1.0",
  header: TarHeader,
  records: PaxRecords,
  reader: ByteReader,
): Promise<SparseMap> {
  const sizeRecord = records.get("GNU.sparse.size") || records.get("GNU.sparse.realsize");
  const size = sizeRecord ? parseDecimal(sizeRecord) : header.size;
  if (version === "0.1") return checked({ fragments: recordedFragments(records), size, mapSize: 0 });
  const map = await readLeadingMap(reader, header.size);
  return checked({ ...map, size });
}

function versionOf(records: PaxRecords): "0.1" | "1.0" | null {
  const version = `${records.get("GNU.sparse.major") ?? ""}.${records.get("GNU.sparse.minor") ?? ""}`;
  if (version === "1.0") return "1.0";
  if (version === "0.0" || version === "0.1") return "0.1";
  // The two oldest forms have no version.
  return version === "." && records.get("GNU.sparse.map") ? "0.1" : null;
}

function oldFragments(block: Buffer, start: number, count: number): Fragment[] {
  const fragments: Fragment[] = [];
  for (let at = start; at < start + count * 24 && block[at] !== 0; at += 24) {
    fragments.push({ offset: parseNumber(block, at, 12), length: parseNumber(block, at + 12, 12) });
  }
  return fragments;
}

function recordedFragments(records: PaxRecords): Fragment[] {
  const count = parseDecimal(records.get("GNU.sparse.numblocks") ?? "");
  const map = records.get("GNU.sparse.map") ?? "";
  const numbers = map === "" ? [] : map.split(",");
  if (numbers.length !== 2 * count) throw invalid();
  return fragmentsOf(numbers.map(parseDecimal));
}

/**
 * Reads the map of form 1.0: a count, then that many pairs, with one number a line, padded to a whole block.
 */
async function readLeadingMap(reader: ByteReader, payloadSize: number): Promise<Omit<SparseMap, "size">> {
  const numbers: number[] = [];
  let line = "";
  let mapSize = 0;
  while (numbers.length === 0 || numbers.length < 1 + 2 * (numbers[0] ?? 0)) {
    mapSize += blockSize;
    if (mapSize > limits.extendedHeader) throw tooLong();
    if (mapSize > payloadSize) throw invalid();
    const lines = (line + (await reader.must(blockSize)).toString("latin1")).split("\n");
    line = lines.pop() ?? "";
    if (line.length > maxNumberLength) throw invalid();
    for (const text of lines) {
      // The padding of the last block is not part of the map.
      if (numbers.length === 0 || numbers.length < 1 + 2 * (numbers[0] ?? 0))
        numbers.push(parseDecimal(text));
    }
    if ((numbers[0] ?? 0) < 0) throw invalid();
  }
  return { fragments: fragmentsOf(numbers.slice(1)), mapSize };
}

function fragmentsOf(numbers: readonly number[]): Fragment[] {
  const fragments: Fragment[] = [];
  for (let index = 0; index < numbers.length; index += 2) {
    fragments.push({ offset: numbers[index] ?? 0, length: numbers[index + 1] ?? 0 });
  }
  return fragments;
}

/**
 * Checks that fragments are in order, do not overlap, and are within the file. Otherwise Go refuses the
 * member.
 */
function checked(map: SparseMap): SparseMap {
  let end = 0;
  for (const { offset, length } of map.fragments) {
    if (offset < end || length < 0) throw invalid();
    end = offset + length;
  }
  if (map.size < end) throw invalid();
  return map;
}

function invalid(): Failure {
  return new Failure("archive-invalid", "The archive is malformed: the map of a sparse file is invalid.");
}

function tooLong(): Failure {
  return new Failure("limit-exceeded", "The archive has a sparse file whose map is over 1 MiB.");
}
