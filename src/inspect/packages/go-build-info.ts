import { Buffer } from "node:buffer";
import { fieldsOf } from "../programs/elf.ts";

/** What Go's linker writes into a program. Strings are latin1. */
export interface GoBuildInfo {
  /** such as `go1.26.8` */
  readonly version: string;
  /** lines about the modules; empty for a program that was built without modules */
  readonly modules: string;
}

/** Returns up to `length` bytes at a virtual address: fewer if no more were kept, null if nothing is there. */
export type ProgramMemory = (address: number, length: number) => Buffer | null;

/** Maximum bytes of the lines about modules. Kubernetes, with hundreds of modules, has 20,000. */
const maxText = 4 * 1024 ** 2;
const magic = Buffer.from("\xff Go buildinf:", "latin1");
const headerSize = 32;
const alignment = 16;

/**
 * Reads the build information of a Go program (debug/buildinfo).
 * @param data where it is in memory, among other data
 * @returns null if there is none, or it is damaged, or was not kept
 */
export function buildInfoOf(
  data: { readonly address: number; readonly size: number },
  memory: ProgramMemory,
): GoBuildInfo | null {
  const address = addressOfMagic(data, memory);
  const header = address === null ? null : exactly(memory, address, headerSize);
  if (address === null || header === null) return null;
  const flags = header[15] ?? 0;
  const isInline = (flags & 2) !== 0;
  const texts = isInline ? inlineTexts(memory, address + headerSize) : textsBehind(memory, header, flags);
  if (texts === null || texts.version === "") return null;
  return { version: texts.version, modules: withoutFrame(texts.modules) };
}

function addressOfMagic(
  { address, size }: { readonly address: number; readonly size: number },
  memory: ProgramMemory,
): number | null {
  const start = Math.ceil(address / alignment) * alignment;
  const bytes = memory(start, Math.max(0, address + size - start));
  if (bytes === null) return null;
  for (let at = bytes.indexOf(magic); at >= 0; at = bytes.indexOf(magic, at + 1))
    if (at % alignment === 0) return start + at;
  return null;
}

/** From Go 1.18 on, the texts follow, each after its length. */
function inlineTexts(memory: ProgramMemory, address: number): GoBuildInfo | null {
  const version = inlineText(memory, address);
  const modules = version && inlineText(memory, version.end);
  return modules && { version: version.text, modules: modules.text };
}

function inlineText(memory: ProgramMemory, address: number): { text: string; end: number } | null {
  const length = uvarintOf(memory(address, 10) ?? Buffer.alloc(0));
  if (length === null || length.value > maxText) return null;
  const bytes = exactly(memory, address + length.size, length.value);
  return bytes && { text: bytes.toString("latin1"), end: address + length.size + length.value };
}

/** Reads a length (encoding/binary, Uvarint). Too long a one is only known to be too large. */
function uvarintOf(bytes: Buffer): { value: number; size: number } | null {
  let value = 0;
  for (const [index, byte] of bytes.entries()) {
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte < 0x80) return { value, size: index + 1 };
  }
  return null;
}

/** Up to Go 1.17, the header has the addresses of two strings: of their own addresses and lengths. */
function textsBehind(memory: ProgramMemory, header: Buffer, flags: number): GoBuildInfo | null {
  const width = header[14] ?? 0;
  if (width !== 4 && width !== 8) return null;
  const wordIn = (bytes: Buffer, at: number) => {
    const { uint32, uint64 } = fieldsOf(bytes, (flags & 1) === 0);
    return width === 8 ? uint64(at) : uint32(at);
  };
  const textAt = (address: number): string | null => {
    const string = exactly(memory, address, 2 * width);
    if (string === null) return null;
    const length = wordIn(string, width);
    return length > maxText ? null : (exactly(memory, wordIn(string, 0), length)?.toString("latin1") ?? null);
  };
  const version = textAt(wordIn(header, 16));
  const modulesAt = wordIn(header, 16 + width);
  // A program that was built without modules has no string.
  const modules = modulesAt === 0 ? "" : textAt(modulesAt);
  return version === null || modules === null ? null : { version, modules };
}

function exactly(memory: ProgramMemory, address: number, length: number): Buffer | null {
  if (length === 0) return Buffer.alloc(0);
  const bytes = memory(address, length);
  return bytes?.length === length ? bytes : null;
}

/** Removes the 16 bytes before and after the lines by which a program finds them in itself. */
function withoutFrame(text: string): string {
  return text.length >= 33 && text.at(-17) === "\n" ? text.slice(16, -16) : "";
}
