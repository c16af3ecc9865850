import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { fromBytes, type StoredReading, toBytes } from "./bytes.ts";
import type { ReaderVersion } from "./reader-version.ts";

const MiB = 1024 * 1024;

/** Bytes of an encoded reading, at most: an honest layer of two million members comes to a quarter of it. */
export const encodedLimit = 64 * MiB;
/** Bytes that it may unpack to. */
const unpackedLimit = 256 * MiB;
/** Kinds of entries; most are links, and each stands in the head, whose text takes longest to make and to read. */
const mostKinds = 300_000;

/**
 * A reading as bytes to keep: a seal, then the reading packed with zstd. About 8 bytes an entry.
 * @returns null for a reading that is too large to be worth keeping
 */
export function encodeReading(stored: StoredReading, version: ReaderVersion): Uint8Array | null {
  if (stored.reading.entries.columns.distinct.length > mostKinds) return null;
  const unpacked = bytesOrNull(stored);
  if (unpacked === null || unpacked.length > unpackedLimit) return null;
  const packed = zstdCompressSync(unpacked);
  if (packed.length > encodedLimit - sealSize) return null;
  return Buffer.concat([sealOf(packed, version), packed]);
}

/**
 * What was encoded, or null: bytes that are cut off, changed anywhere, or written by another version of the reader. The
 * seal finds damage, not forgery: who may write the bytes is the caller's care.
 */
export function decodeReading(bytes: Uint8Array, version: ReaderVersion): StoredReading | null {
  if (bytes.length > encodedLimit) return null;
  const packed = bytes.subarray(sealSize);
  if (!sealOf(packed, version).equals(bytes.subarray(0, sealSize))) return null;
  try {
    return fromBytes(zstdDecompressSync(packed, { maxOutputLength: unpackedLimit }));
  } catch {
    // Sealed, and yet no reading: as unusable as any damage.
    return null;
  }
}

function bytesOrNull(stored: StoredReading): Buffer | null {
  try {
    return toBytes(stored);
  } catch (error) {
    // Longer than V8's strings get, which is 512 MiB.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const sealSize = 32;

/** With version and byte order in it, so that one comparison tells everything that makes a reading unusable. */
function sealOf(packed: Uint8Array, version: ReaderVersion): Buffer {
  return createHash("sha256")
    .update(`image-audit reading ${version} ${endianness()}\0`)
    .update(packed)
    .digest();
}
