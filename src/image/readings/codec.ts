import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { fromBytes, type StoredReading, toBytes } from "./bytes.ts";
import type { ReaderVersion } from "./reader-version.ts";

const MiB = 1024 * 1024;

/** Maximum bytes of an encoded reading. An honest layer of two million members takes a quarter of it. */
export const encodedLimit = 64 * MiB;
/** Maximum bytes of a decompressed reading. */
const maxDecompressedSize = 256 * MiB;
/**
 * Maximum distinct attributes of entries, mostly of links. Each is in the JSON head, which is slow to write
 * and read.
 */
const maxDistinctAttributes = 300_000;

/**
 * Encodes a reading for storage: a seal, then the reading compressed with zstd. Takes about 12 bytes an entry.
 * @returns null for a reading that is too large to be worth storing
 */
export function encodeReading(stored: StoredReading, version: ReaderVersion): Uint8Array | null {
  if (stored.reading.entries.columns.distinct.length > maxDistinctAttributes) return null;
  const bytes = bytesOrNull(stored);
  if (bytes === null || bytes.length > maxDecompressedSize) return null;
  const compressed = zstdCompressSync(bytes);
  if (compressed.length > encodedLimit - sealSize) return null;
  return Buffer.concat([sealOf(compressed, version), compressed]);
}

/**
 * Decodes a reading. Returns null for bytes that are truncated, changed anywhere, or written by another
 * version of the reader. The seal detects damage, not forgery: the caller must control who can write the
 * bytes.
 */
export function decodeReading(bytes: Uint8Array, version: ReaderVersion): StoredReading | null {
  if (bytes.length > encodedLimit) return null;
  const compressed = bytes.subarray(sealSize);
  if (!sealOf(compressed, version).equals(bytes.subarray(0, sealSize))) return null;
  try {
    return fromBytes(zstdDecompressSync(compressed, { maxOutputLength: maxDecompressedSize }));
  } catch {
    // A valid seal but no valid reading: unusable, like damaged bytes.
    return null;
  }
}

function bytesOrNull(stored: StoredReading): Buffer | null {
  try {
    return toBytes(stored);
  } catch (error) {
    // The JSON is longer than V8's maximum string length of 512 MiB.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const sealSize = 32;

/**
 * Includes version and byte order, so that one comparison detects everything that makes a reading unusable.
 */
function sealOf(compressed: Uint8Array, version: ReaderVersion): Buffer {
  return createHash("sha256")
    .update(`image-audit reading ${version} ${endianness()}\0`)
    .update(compressed)
    .digest();
}
