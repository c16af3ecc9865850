import type { Buffer } from "node:buffer";

/** The signatures of what a ZIP file is made of, as little-endian numbers (APPNOTE.TXT, 4.3). */
export const signatures = {
  entry: 0x04034b50,
  directoryEntry: 0x02014b50,
  descriptor: 0x08074b50,
  zip64End: 0x06064b50,
  zip64Locator: 0x07064b50,
  end: 0x06054b50,
} as const;

/** What precedes the bytes of an entry. */
export interface ZipEntry {
  /** latin1 */
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  /** compressed bytes; null if a descriptor after them says it */
  readonly size: number | null;
  /** bytes of this header */
  readonly headerSize: number;
}

/** Returns null if the header is not complete. */
export function zipEntryOf(bytes: Buffer, at: number): ZipEntry | null {
  if (bytes.length - at < 30) return null;
  const nameEnd = at + 30 + bytes.readUInt16LE(at + 26);
  const end = nameEnd + bytes.readUInt16LE(at + 28);
  if (bytes.length < end) return null;
  const flags = bytes.readUInt16LE(at + 6);
  const size = bytes.readUInt32LE(at + 18);
  return {
    name: bytes.toString("latin1", at + 30, nameEnd),
    method: bytes.readUInt16LE(at + 8),
    isEncrypted: (flags & 1) !== 0,
    // In the extension, the size follows the uncompressed size.
    size:
      (flags & 8) !== 0 ? null : size === none ? (zip64Field(bytes.subarray(nameEnd, end), 1) ?? 0) : size,
    headerSize: end - at,
  };
}

/** An entry as the directory at the end lists it, which is what Java goes by. */
export interface ListedEntry {
  readonly name: string;
  /** where its header is, counted from the first header that the directory knows */
  readonly offset: number;
  /** bytes of this record */
  readonly recordSize: number;
}

/** Returns null if the record is not complete. */
export function listedEntryOf(bytes: Buffer, at: number): ListedEntry | null {
  if (bytes.length - at < 46) return null;
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const end = extraEnd + bytes.readUInt16LE(at + 32);
  if (bytes.length < end) return null;
  const offset = bytes.readUInt32LE(at + 42);
  // The extension has only those fields that are too small in the record, in this order.
  const before = [at + 24, at + 20].filter((field) => bytes.readUInt32LE(field) === none).length;
  return {
    name: bytes.toString("latin1", at + 46, nameEnd),
    offset: offset === none ? (zip64Field(bytes.subarray(nameEnd, extraEnd), before) ?? none) : offset,
    recordSize: end - at,
  };
}

/** What a field says whose value is in an extension. */
const none = 0xffffffff;

/** Returns one of the numbers in the extension for large files (APPNOTE.TXT, 4.5.3); null if it has none. */
function zip64Field(extra: Buffer, index: number): number | null {
  for (let at = 0; at + 4 <= extra.length; ) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    const field = at + 4 + 8 * index;
    if (extra.readUInt16LE(at) === 1)
      return field + 8 <= Math.min(end, extra.length) ? uint64(extra, field) : null;
    at = end;
  }
  return null;
}

/**
 * Returns the size of the descriptor that ends at `end`, if it says that `size` compressed bytes precede it, for
 * any of its forms: with and without a signature, with small and large numbers.
 * @param dataSize returns the compressed bytes for a size of the descriptor
 */
export function descriptorSize(
  bytes: Buffer,
  end: number,
  dataSize: (descriptor: number) => number,
): number | null {
  for (const [size, isLarge, isSigned] of descriptors) {
    if (dataSize(size) < 0 || end < size) continue;
    if (isSigned && bytes.readUInt32LE(end - size) !== signatures.descriptor) continue;
    const said = isLarge ? uint64(bytes, end - 16) : bytes.readUInt32LE(end - 8);
    if (said === dataSize(size)) return size;
  }
  return null;
}

/** Largest size of a descriptor, in bytes. */
export const maxDescriptor = 24;
const descriptors = [
  [16, false, true],
  [24, true, true],
  [12, false, false],
  [20, true, false],
] as const;

/** Numbers above 2^53 are not exact, and beyond every file. */
export function uint64(bytes: Buffer, at: number): number {
  return bytes.readUInt32LE(at + 4) * 2 ** 32 + bytes.readUInt32LE(at);
}
