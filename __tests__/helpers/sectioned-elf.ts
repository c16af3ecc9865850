import { Buffer } from "node:buffer";

export interface SectionedElf {
  /** bytes of the constants, loaded read-only at `constantsAddress` */
  readonly constants?: Uint8Array;
  /** bytes of the data, loaded writable at `dataAddress` */
  readonly data?: Uint8Array;
  /** sections by name: of the data with an offset into it, or after everything that is loaded */
  readonly sections?: Readonly<Record<string, { readonly at: number; readonly size: number } | Uint8Array>>;
  /** bytes between what is loaded and the other sections */
  readonly gap?: number;
}

export const constantsAddress = 0x40_0000;
export const dataAddress = 0x80_0000;

/** Builds a 64-bit little-endian program with named sections (elf(5)). It cannot run. */
export function sectionedElf({ constants, data, sections = {}, gap = 0 }: SectionedElf): Buffer {
  const begin = 0x1000;
  const [constantBytes, dataBytes] = [constants ?? new Uint8Array(), data ?? new Uint8Array()];
  const dataAt = begin + aligned(constantBytes.length);
  const head = Buffer.alloc(begin);
  const parts: Buffer[] = [pad(constantBytes), pad(dataBytes), Buffer.alloc(gap)];
  let at = dataAt + aligned(dataBytes.length) + gap;
  const headers: Buffer[] = [Buffer.alloc(64)];
  let names = "\0";
  const add = (name: string, place: { address: number; offset: number; size: number }) => {
    const header = Buffer.alloc(64);
    header.writeUInt32LE(names.length, 0);
    header.writeUInt32LE(1, 4);
    header.writeBigUInt64LE(BigInt(place.address), 16);
    header.writeBigUInt64LE(BigInt(place.offset), 24);
    header.writeBigUInt64LE(BigInt(place.size), 32);
    headers.push(header);
    names += `${name}\0`;
  };
  const append = (name: string, bytes: Uint8Array) => {
    add(name, { address: 0, offset: at, size: bytes.length });
    parts.push(Buffer.from(bytes));
    at += bytes.length;
  };
  for (const [name, section] of Object.entries(sections)) {
    if (section instanceof Uint8Array) append(name, section);
    else add(name, { address: dataAddress + section.at, offset: dataAt + section.at, size: section.size });
  }
  append(".shstrtab", Buffer.from(`${names}.shstrtab\0`, "latin1"));
  head.write("\x7fELF\x02\x01\x01", "latin1");
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(62, 18);
  head.writeBigUInt64LE(64n, 32);
  head.writeBigUInt64LE(BigInt(at), 40);
  head.writeUInt16LE(56, 54);
  head.writeUInt16LE(2, 56);
  head.writeUInt16LE(64, 58);
  head.writeUInt16LE(headers.length, 60);
  head.writeUInt16LE(headers.length - 1, 62);
  segment(head, 64, { flags: 4, offset: begin, address: constantsAddress, size: constantBytes.length });
  segment(head, 120, { flags: 6, offset: dataAt, address: dataAddress, size: dataBytes.length });
  return Buffer.concat([head, ...parts, ...headers]);
}

function segment(
  head: Buffer,
  at: number,
  { flags, offset, address, size }: { flags: number; offset: number; address: number; size: number },
): void {
  head.writeUInt32LE(1, at);
  head.writeUInt32LE(flags, at + 4);
  head.writeBigUInt64LE(BigInt(offset), at + 8);
  head.writeBigUInt64LE(BigInt(address), at + 16);
  head.writeBigUInt64LE(BigInt(size), at + 32);
  head.writeBigUInt64LE(BigInt(size), at + 40);
}

function aligned(size: number): number {
  return Math.ceil(size / 64) * 64;
}

function pad(bytes: Uint8Array): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(aligned(bytes.length) - bytes.length)]);
}
