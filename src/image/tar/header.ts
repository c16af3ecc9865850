import type { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import type { BytePath } from "../path.ts";

/** The fields of one tar header block, as Go's archive/tar understands them; strings are latin1. */
export interface TarHeader {
  path: BytePath;
  linkTarget: BytePath;
  /** the type flag as a character, which may be NUL */
  type: string;
  mode: number;
  uid: number;
  gid: number;
  /** bytes of the payload in the archive; may be negative until it is checked */
  size: number;
  modified: number;
  readonly device: readonly [major: number, minor: number];
  readonly format: "v7" | "ustar" | "star" | "gnu";
}

export const blockSize = 512;

/**
 * Parses one header block exactly as Go's reader does, since engines use it: how it detects the four formats,
 * which numbers it accepts, and what it rejects.
 * @throws Failure archive-invalid
 */
export function parseTarHeader(block: Buffer): TarHeader {
  const format = formatOf(block);
  const header: TarHeader = {
    path: parseString(block, 0, 100),
    linkTarget: parseString(block, 157, 100),
    type: String.fromCharCode(block[156] ?? 0),
    mode: parseNumber(block, 100, 8),
    uid: parseNumber(block, 108, 8),
    gid: parseNumber(block, 116, 8),
    size: parseNumber(block, 124, 12),
    modified: parseNumber(block, 136, 12),
    device: format === "v7" ? [0, 0] : [parseNumber(block, 329, 8), parseNumber(block, 337, 8)],
    format,
  };
  const prefix = prefixOf(block, format);
  if (prefix !== "") header.path = `${prefix}/${header.path}`;
  return header;
}

/**
 * Parses a number field: octal text between blanks and NULs, or GNU's base-256 in two's complement if the
 * first bit is set. Numbers over 2^53 lose precision, and numbers over 63 bits are an error.
 * @throws Failure archive-invalid
 */
export function parseNumber(block: Buffer, offset: number, length: number): number {
  if ((block[offset] ?? 0) & 0x80) return parseBase256(block, offset, length);
  // Parsed by hand for speed: this runs for eight fields of every header, and nearly all are plain digits and
  // one NUL.
  let at = offset;
  let end = offset + length;
  while (at < end && isBlank(block[at])) at++;
  while (end > at && isBlank(block[end - 1])) end--;
  let value = 0;
  for (; at < end && block[at] !== 0; at++) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) throw invalid("a number in a header is not octal");
    value = value * 8 + digit;
  }
  return value;
}

/** Returns the bytes before the first NUL, or all bytes if there is none. */
export function parseString(block: Buffer, offset: number, length: number): string {
  if (block[offset] === 0) return "";
  const nul = block.indexOf(0, offset);
  const end = nul < 0 || nul > offset + length ? offset + length : nul;
  return block.toString("latin1", offset, end);
}

const magics = { posix: "ustar\0", star: "tar\0", gnu: "ustar  \0" };

function formatOf(block: Buffer): TarHeader["format"] {
  checkSum(block);
  if (holds(block, 257, magics.posix)) return holds(block, 508, magics.star) ? "star" : "ustar";
  return holds(block, 257, magics.gnu) ? "gnu" : "v7";
}

function holds(block: Buffer, offset: number, text: string): boolean {
  for (let index = 0; index < text.length; index++)
    if (block[offset + index] !== text.charCodeAt(index)) return false;
  return true;
}

function checkSum(block: Buffer): void {
  const expected = parseNumberOrNaN(block, 148, 8);
  const sum = sumOf(block, 0, 148) + 8 * 0x20 + sumOf(block, 156, blockSize);
  if (expected === sum) return;
  // Sun's tar summed signed bytes; Go accepts either.
  const highBytes = [...block.subarray(0, 148), ...block.subarray(156)].filter((byte) => byte > 127).length;
  if (expected !== sum - 256 * highBytes) throw invalid("a header's checksum is wrong");
}

function sumOf(block: Buffer, from: number, to: number): number {
  let sum = 0;
  for (let index = from; index < to; index++) sum += block[index] ?? 0;
  return sum;
}

function parseNumberOrNaN(block: Buffer, offset: number, length: number): number {
  try {
    return (block[offset] ?? 0) & 0x80 ? Number.NaN : parseNumber(block, offset, length);
  } catch {
    return Number.NaN;
  }
}

function prefixOf(block: Buffer, format: TarHeader["format"]): string {
  switch (format) {
    case "v7":
      return "";
    case "ustar":
      return parseString(block, 345, 155);
    case "star":
      parseNumber(block, 476, 12);
      parseNumber(block, 488, 12);
      return parseString(block, 345, 131);
    case "gnu":
      return buggyGoPrefix(block);
  }
}

/**
 * Returns the prefix that Go's writer before 1.8 stored where GNU's format has the access and change times
 * (golang/go#21005). Go's reader still accepts it if the two fields are not numbers and the prefix is ASCII.
 */
function buggyGoPrefix(block: Buffer): string {
  const isNumber = (offset: number) => {
    if (block[offset] === 0) return true;
    try {
      parseNumber(block, offset, 12);
      return true;
    } catch {
      return false;
    }
  };
  if (isNumber(345) && isNumber(357)) return "";
  const prefix = parseString(block, 345, 155);
  for (let index = 0; index < prefix.length; index++) if (prefix.charCodeAt(index) >= 0x80) return "";
  return prefix;
}

function parseBase256(block: Buffer, offset: number, length: number): number {
  const bits = 8 * length - 1;
  const raw = BigInt(`0x${block.toString("hex", offset, offset + length)}`);
  const value = BigInt.asIntN(bits, raw);
  if (BigInt.asIntN(64, value) !== value) throw invalid("a number in a header is too large");
  return Number(value);
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0;
}

function invalid(what: string): Failure {
  return new Failure("archive-invalid", `The archive is malformed: ${what}.`);
}
