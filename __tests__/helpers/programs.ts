import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { stringsOf } from "../../src/inspect/programs/marker.ts";
import { packageManagerMarkers } from "../../src/inspect/programs/package-manager-markers.ts";
import { shellMarkers } from "../../src/inspect/programs/shell-markers.ts";

export interface ElfOptions {
  /** a program in shellMarkers or packageManagerMarkers; the file contains its strings */
  readonly program?: string;
  /** strings (latin1) that the file contains after the program headers */
  readonly strings?: readonly string[];
  /** e_type as in elf(5); by default dyn, like most programs and all libraries */
  readonly type?: keyof typeof types;
  /** whether it has section headers, which strip(1) keeps; true by default */
  readonly hasSections?: boolean;
  readonly isPackedByUpx?: boolean;
  readonly bits?: 32 | 64;
  readonly isBigEndian?: boolean;
  /** bytes of padding before the strings */
  readonly filling?: number;
  /** bytes that look compressed, before the strings */
  readonly denseBytes?: number;
}

const types = { rel: 1, exec: 2, dyn: 3, core: 4 };

/** Returns a file with the parts of an ELF program that we read. It would not run. */
export function elf(options: ElfOptions = {}): Buffer {
  const { bits = 64, filling = 100, type = "dyn", hasSections = true, isPackedByUpx = false } = options;
  const big = options.isBigEndian === true;
  const is64 = bits === 64;
  const header = Buffer.alloc(is64 ? 64 : 52);
  header.write("\x7fELF", "latin1");
  header[4] = bits / 32;
  header[5] = big ? 2 : 1;
  const write16 = (value: number, at: number) =>
    big ? header.writeUInt16BE(value, at) : header.writeUInt16LE(value, at);
  // In 64 bits the upper half of an offset stays 0.
  const writeOffset = (value: number, at: number) =>
    big ? header.writeUInt32BE(value, is64 ? at + 4 : at) : header.writeUInt32LE(value, at);
  write16(types[type], 16);
  write16(is64 ? 56 : 32, is64 ? 54 : 42);
  write16(2, is64 ? 56 : 44);
  const loader = Buffer.from(isPackedByUpx ? "\x01\x02\x03\x04UPX!" : "", "latin1");
  const strings = [...stringsOfProgram(options.program), ...(options.strings ?? [])];
  const body = Buffer.concat([
    loader,
    Buffer.alloc(filling, 0x90),
    denseBytes(options.denseBytes ?? 0),
    Buffer.from(strings.map((text) => `\0${text}\0`).join("text between"), "latin1"),
    Buffer.alloc(64, 0x90),
  ]);
  if (!hasSections) return Buffer.concat([header, body]);
  const entrySize = is64 ? 64 : 40;
  writeOffset(header.length + body.length, is64 ? 40 : 32);
  write16(entrySize, is64 ? 58 : 46);
  write16(3, is64 ? 60 : 48);
  return Buffer.concat([header, body, Buffer.alloc(3 * entrySize)]);
}

/** Returns the same bytes every time, distributed as evenly as compressed ones. */
function denseBytes(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, index) =>
    createHash("sha512").update(String(index)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

function stringsOfProgram(program: string | undefined): readonly string[] {
  if (program === undefined) return [];
  const marker = [...shellMarkers, ...packageManagerMarkers].find(({ name }) => name === program);
  if (marker === undefined) throw new Error(`no marker identifies ${program}`);
  return stringsOf([marker]);
}
