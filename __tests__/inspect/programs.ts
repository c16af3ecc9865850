import { Buffer } from "node:buffer";
import { packageManagerMarkers } from "../../src/inspect/package-manager-markers.ts";
import { shellMarkers } from "../../src/inspect/shell-markers.ts";

export interface ElfOptions {
  /** a program of shellMarkers or packageManagerMarkers whose strings are in it */
  readonly program?: string;
  /** strings (latin1) that are in it, anywhere after the program headers */
  readonly strings?: readonly string[];
  /** true unless given: it has a PT_INTERP segment */
  readonly isDynamic?: boolean;
  readonly isPackedByUpx?: boolean;
  readonly bits?: 32 | 64;
  readonly isBigEndian?: boolean;
  /** bytes of filling before the strings */
  readonly filling?: number;
}

/** A file that has what we read of an ELF program, and would not run. */
export function elf(options: ElfOptions = {}): Buffer {
  const { bits = 64, filling = 100, isDynamic = true, isPackedByUpx = false } = options;
  const big = options.isBigEndian === true;
  const header = Buffer.alloc(bits === 64 ? 64 : 52);
  header.write("\x7fELF", "latin1");
  header[4] = bits / 32;
  header[5] = big ? 2 : 1;
  const entrySize = bits === 64 ? 56 : 32;
  const write16 = (value: number, at: number) =>
    big ? header.writeUInt16BE(value, at) : header.writeUInt16LE(value, at);
  // A table that begins behind the header; in 64 bits the offset's upper half stays 0.
  const tableAt = bits === 64 ? (big ? 36 : 32) : 28;
  if (big) header.writeUInt32BE(header.length, tableAt);
  else header.writeUInt32LE(header.length, tableAt);
  write16(entrySize, bits === 64 ? 54 : 42);
  write16(2, bits === 64 ? 56 : 44);
  const segments = [1, isDynamic ? 3 : 2].map((type) => {
    const segment = Buffer.alloc(entrySize);
    segment[big ? 3 : 0] = type;
    return segment;
  });
  const loader = Buffer.from(isPackedByUpx ? "\x01\x02\x03\x04UPX!" : "", "latin1");
  const strings = [...stringsOf(options.program), ...(options.strings ?? [])];
  const text = Buffer.from(strings.map((text) => `\0${text}\0`).join("text between"), "latin1");
  return Buffer.concat([
    header,
    ...segments,
    loader,
    Buffer.alloc(filling, 0x90),
    text,
    Buffer.alloc(64, 0x90),
  ]);
}

function stringsOf(program: string | undefined): readonly string[] {
  if (program === undefined) return [];
  const marker = [...shellMarkers, ...packageManagerMarkers].find(({ name }) => name === program);
  if (marker === undefined) throw new Error(`no marker tells ${program}`);
  return marker.all;
}
