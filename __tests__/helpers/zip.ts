import { Buffer } from "node:buffer";
import { crc32, deflateRawSync } from "node:zlib";

export interface ZipMember {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** default: deflated */
  readonly isStored?: boolean;
  /** how its sizes are written after its data; default: none, they are in its header */
  readonly descriptor?: "plain" | "signed" | "large" | "large-signed";
  /** whether its header and its record in the directory have large numbers in an extension; default: false */
  readonly isLarge?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** compressed bytes as its header says, if not the truth */
  readonly claimedSize?: number;
  /** bytes after it that belong to nothing */
  readonly gap?: number;
  /** default: listed in the directory, as it is */
  readonly listed?: Partial<{ readonly name: string; readonly offset: number }> | "not";
}

export interface ZipLayout {
  /** bytes before the archive, which its offsets do not count */
  readonly prefix?: string;
  readonly comment?: string;
  /** whether the end has a record with large numbers; default: false */
  readonly isLarge?: boolean;
  /** added to the size of the directory that the end states */
  readonly wrongSize?: number;
}

/** Builds a ZIP file (APPNOTE.TXT), right or wrong. */
export function zip(members: readonly ZipMember[], layout: ZipLayout = {}): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const bytes = memberBytes(member);
    if (member.listed !== "not") directory.push(record(member, offset, bytes));
    parts.push(bytes.all);
    offset += bytes.all.length;
  }
  const list = Buffer.concat(directory);
  const size = list.length + (layout.wrongSize ?? 0);
  return Buffer.concat([
    Buffer.from(layout.prefix ?? ""),
    ...parts,
    list,
    ...(layout.isLarge ? [zip64End(directory.length, size, offset)] : []),
    end(directory.length, size, offset, layout),
  ]);
}

const none = 0xffffffff;

interface MemberBytes {
  readonly all: Buffer;
  readonly method: number;
  readonly compressed: number;
  readonly size: number;
  readonly checksum: number;
}

function memberBytes(member: ZipMember): MemberBytes {
  const content = Buffer.from(member.content);
  const isStored = member.isStored ?? false;
  const data = isStored ? content : deflateRawSync(content);
  const method = member.method ?? (isStored ? 0 : 8);
  const checksum = crc32(content);
  const { descriptor } = member;
  const known = descriptor === undefined;
  const header = fixed("IHHHIIIIHH", [
    0x04034b50,
    45,
    (known ? 0 : 8) | (member.flags ?? 0),
    method,
    0,
    known ? checksum : 0,
    !known ? 0 : member.isLarge ? none : (member.claimedSize ?? data.length),
    !known ? 0 : member.isLarge ? none : content.length,
    Buffer.byteLength(member.name),
    member.isLarge ? 20 : 0,
  ]);
  const extra = member.isLarge ? fixed("HHQQ", [1, 16, content.length, data.length]) : Buffer.alloc(0);
  const all = Buffer.concat([
    header,
    Buffer.from(member.name),
    extra,
    data,
    ...(descriptor === undefined ? [] : [descriptorBytes(descriptor, checksum, data.length, content.length)]),
    Buffer.alloc(member.gap ?? 0),
  ]);
  return { all, method, compressed: data.length, size: content.length, checksum };
}

function descriptorBytes(
  form: NonNullable<ZipMember["descriptor"]>,
  checksum: number,
  compressed: number,
  size: number,
): Buffer {
  const signature = form.endsWith("signed") ? fixed("I", [0x08074b50]) : Buffer.alloc(0);
  const sizes = fixed(form.startsWith("large") ? "IQQ" : "III", [checksum, compressed, size]);
  return Buffer.concat([signature, sizes]);
}

function record(member: ZipMember, at: number, { method, compressed, size, checksum }: MemberBytes): Buffer {
  const listed = member.listed === "not" ? {} : (member.listed ?? {});
  const name = Buffer.from(listed.name ?? member.name);
  const offset = listed.offset ?? at;
  const isLarge = member.isLarge ?? false;
  const extra = isLarge ? fixed("HHQQQ", [1, 24, size, compressed, offset]) : Buffer.alloc(0);
  const sizes = isLarge ? [none, none] : [compressed, size];
  const numbers = [
    0x02014b50,
    45,
    45,
    member.flags ?? 0,
    method,
    0,
    checksum,
    ...sizes,
    name.length,
    extra.length,
  ];
  const header = fixed("IHHHHIIIIHHHHHII", [...numbers, 0, 0, 0, 0, isLarge ? none : offset]);
  return Buffer.concat([header, name, extra]);
}

function zip64End(count: number, size: number, offset: number): Buffer {
  const end = fixed("IQHHIIQQQQ", [0x06064b50, 44, 45, 45, 0, 0, count, count, size, offset]);
  return Buffer.concat([end, fixed("IIQI", [0x07064b50, 0, offset + size, 1])]);
}

function end(count: number, size: number, offset: number, { isLarge, comment = "" }: ZipLayout): Buffer {
  const numbers = isLarge ? [0xffff, 0xffff, none, none] : [count, count, size, offset];
  return Buffer.concat([
    fixed("IHHHHIIH", [0x06054b50, 0, 0, ...numbers, comment.length]),
    Buffer.from(comment),
  ]);
}

/** Writes little-endian numbers: H has two bytes, I four and Q eight. */
function fixed(format: string, numbers: readonly number[]): Buffer {
  return Buffer.concat(
    [...format].map((code, index) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(numbers[index] ?? 0));
      return bytes.subarray(0, { H: 2, I: 4, Q: 8 }[code]);
    }),
  );
}
