import type { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import type { TarHeader } from "./header.ts";

/** The records of one extended header, in latin1. */
export type PaxRecords = ReadonlyMap<string, string>;

const sparseOffset = "GNU.sparse.offset";
const sparseLength = "GNU.sparse.numbytes";

/**
 * Parses the payload of an extended header (POSIX pax, "pax Header Block"). Combines the repeated records of
 * GNU's sparse format 0.0 into the single GNU.sparse.map of format 0.1.
 * @throws Failure archive-invalid
 */
export function parsePax(payload: Buffer): PaxRecords {
  const text = payload.toString("latin1");
  const records = new Map<string, string>();
  const sparseMap: string[] = [];
  for (let at = 0; at < text.length; ) {
    const [key, value, end] = parseRecord(text, at);
    at = end;
    if (key !== sparseOffset && key !== sparseLength) {
      records.set(key, value);
      continue;
    }
    const expected = sparseMap.length % 2 === 0 ? sparseOffset : sparseLength;
    if (key !== expected || value.includes(",")) throw invalid();
    sparseMap.push(value);
  }
  if (sparseMap.length > 0) records.set("GNU.sparse.map", sparseMap.join(","));
  return records;
}

/**
 * Overrides the header's fields with the records. An empty value leaves the field unchanged, as in Go.
 * @throws Failure archive-invalid
 */
export function applyPax(header: TarHeader, records: PaxRecords): void {
  for (const [key, value] of records) {
    if (value === "") continue;
    switch (key) {
      case "path":
        header.path = value;
        break;
      case "linkpath":
        header.linkTarget = value;
        break;
      case "size":
        header.size = parseDecimal(value);
        break;
      case "uid":
        header.uid = parseDecimal(value);
        break;
      case "gid":
        header.gid = parseDecimal(value);
        break;
      case "mtime":
        header.modified = parseTime(value);
        break;
      case "atime":
      case "ctime":
        parseTime(value);
        break;
    }
  }
}

/** Parses a decimal integer of up to 64 bits, with an optional sign. @throws Failure archive-invalid */
export function parseDecimal(text: string): number {
  if (!/^[+-]?[0-9]{1,4096}$/.test(text)) throw invalid();
  const value = BigInt(text.startsWith("+") ? text.slice(1) : text);
  if (BigInt.asIntN(64, value) !== value) throw invalid();
  return Number(value);
}

function parseRecord(text: string, start: number): readonly [key: string, value: string, end: number] {
  const space = text.indexOf(" ", start);
  if (space < 0) throw invalid();
  const length = parseDecimal(text.slice(start, space));
  const end = start + length;
  if (length < 5 || end > text.length || end <= space + 1 || text[end - 1] !== "\n") throw invalid();
  const equals = text.indexOf("=", space);
  if (equals < 0 || equals > end - 2 || equals === space + 1) throw invalid();
  const key = text.slice(space + 1, equals);
  const value = text.slice(equals + 1, end - 1);
  if ((isName(key) ? value : key).includes("\0")) throw invalid();
  return [key, value, end];
}

/**
 * Reports whether Go refuses a NUL in the record's value. In all other records, it refuses a NUL in the key.
 */
function isName(key: string): boolean {
  return key === "path" || key === "linkpath" || key === "uname" || key === "gname";
}

/** Parses a time to whole seconds, rounded down. */
function parseTime(text: string): number {
  const [seconds = "", fraction = ""] = splitOnce(text, ".");
  if (!/^[0-9]*$/.test(fraction)) throw invalid();
  const whole = parseDecimal(seconds);
  // Go keeps nine digits of the fraction.
  return seconds.startsWith("-") && /[1-9]/.test(fraction.slice(0, 9)) ? whole - 1 : whole;
}

function splitOnce(text: string, separator: string): readonly [string, string?] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function invalid(): Failure {
  return new Failure("archive-invalid", "The archive is malformed: an extended header cannot be read.");
}
