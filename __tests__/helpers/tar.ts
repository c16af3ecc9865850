import { Buffer } from "node:buffer";

/** One member of a test's tar. Strings are written as UTF-8, and bytes unchanged. */
export interface TarMember {
  readonly path: string | Uint8Array;
  /** the type flag; "0" (a regular file) by default */
  readonly type?: string;
  readonly content?: string | Uint8Array;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
  /** seconds since the epoch */
  readonly modified?: number;
  readonly linkTarget?: string | Uint8Array;
  readonly device?: readonly [major: number, minor: number];
  /** PAX records before the member, in this order */
  readonly pax?: PaxRecords;
  /** value of the size field, if it is not the content's length */
  readonly claimedSize?: number;
}

/** Records by key. Strings are written as UTF-8, and bytes unchanged. */
export type PaxRecords = Readonly<Record<string, string | Uint8Array>>;

type Extra = Omit<TarMember, "path" | "content" | "type" | "linkTarget">;

/** Returns a complete archive: the members and the two zero blocks at the end. */
export function tar(members: readonly TarMember[]): Buffer {
  return Buffer.concat([...members.map(tarMember), endOfArchive]);
}

export const endOfArchive: Buffer = Buffer.alloc(1024);

export function file(
  path: TarMember["path"],
  content: string | Uint8Array = "",
  extra: Extra = {},
): TarMember {
  return { path, content, ...extra };
}

export function directory(path: TarMember["path"], extra: Extra = {}): TarMember {
  return { path, type: "5", mode: 0o755, ...extra };
}

export function symlink(path: TarMember["path"], linkTarget: string, extra: Extra = {}): TarMember {
  return { path, type: "2", linkTarget, mode: 0o777, ...extra };
}

export function hardlink(path: TarMember["path"], linkTarget: string, extra: Extra = {}): TarMember {
  return { path, type: "1", linkTarget, ...extra };
}

/** Returns a member that hides `path` of lower layers. */
export function whiteout(path: string): TarMember {
  const slash = path.lastIndexOf("/") + 1;
  return file(`${path.slice(0, slash)}.wh.${path.slice(slash)}`);
}

/** Returns a member that hides everything in the directory `path` of lower layers. */
export function opaque(path: string): TarMember {
  return file(path === "" ? ".wh..wh..opq" : `${path}/.wh..wh..opq`);
}

/**
 * Returns the record of a file's permitted capabilities, by their numbers (struct vfs_cap_data of
 * uapi/linux/capability.h, revision 2).
 */
export function capabilitiesRecord(permitted: readonly number[], isEffective = true): PaxRecords {
  const value = Buffer.alloc(20);
  value.writeUInt32LE(0x02000000 + (isEffective ? 1 : 0), 0);
  for (const number of permitted) {
    const at = number < 32 ? 4 : 12;
    value.writeUInt32LE((value.readUInt32LE(at) | (1 << (number % 32))) >>> 0, at);
  }
  return { "SCHILY.xattr.security.capability": value };
}

/** Returns a member's bytes: PAX header if requested or if a name is too long, header, payload, padding. */
export function tarMember(member: TarMember): Buffer {
  const path = bytesOf(member.path);
  const linkTarget = bytesOf(member.linkTarget ?? "");
  const records = {
    ...(path.length > 100 ? { path } : {}),
    ...(linkTarget.length > 100 ? { linkpath: linkTarget } : {}),
    ...member.pax,
  };
  const pax = Object.keys(records).length === 0 ? [] : [paxHeader(records)];
  const content = bytesOf(member.content ?? "");
  return Buffer.concat([
    ...pax,
    tarHeader({ ...member, path, linkTarget }),
    content,
    padding(content.length),
  ]);
}

/** Returns an extended header (`x`), or a global header with the type `g`. */
export function paxHeader(records: PaxRecords, type = "x"): Buffer {
  const body = Buffer.concat(Object.entries(records).map(([key, value]) => paxRecord(key, value)));
  const header = tarHeader({ path: "PaxHeaders/x", type, content: body });
  return Buffer.concat([header, body, padding(body.length)]);
}

/** Returns the 512 bytes of a ustar header with the correct checksum. Truncates fields that do not fit. */
export function tarHeader(member: TarMember): Buffer {
  const header = Buffer.alloc(512);
  bytesOf(member.path).copy(header, 0, 0, 100);
  octal(header, 100, 8, member.mode ?? 0o644);
  octal(header, 108, 8, member.uid ?? 0);
  octal(header, 116, 8, member.gid ?? 0);
  octal(header, 124, 12, member.claimedSize ?? bytesOf(member.content ?? "").length);
  octal(header, 136, 12, member.modified ?? 0);
  header.write(member.type ?? "0", 156, 1, "latin1");
  bytesOf(member.linkTarget ?? "").copy(header, 157, 0, 100);
  header.write("ustar\x0000", 257, 8, "latin1");
  octal(header, 329, 8, member.device?.[0] ?? 0);
  octal(header, 337, 8, member.device?.[1] ?? 0);
  return sealHeader(header);
}

/** Writes the correct checksum into a header that a test has changed. */
export function sealHeader(header: Buffer): Buffer {
  header.fill(" ", 148, 156);
  const sum = header.subarray(0, 512).reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, "0")}\0 `, 148, 8, "latin1");
  return header;
}

function padding(size: number): Buffer {
  return Buffer.alloc((512 - (size % 512)) % 512);
}

function paxRecord(key: string, value: string | Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(` ${key}=`), bytesOf(value), Buffer.from("\n")]);
  let length = body.length;
  while (`${length}`.length + body.length !== length) length = `${length}`.length + body.length;
  return Buffer.concat([Buffer.from(`${length}`), body]);
}

function octal(header: Buffer, offset: number, length: number, value: number): void {
  header.write(
    `${value
      .toString(8)
      .padStart(length - 1, "0")
      .slice(-(length - 1))}\0`,
    offset,
    length,
    "latin1",
  );
}

function bytesOf(text: string | Uint8Array): Buffer {
  return typeof text === "string" ? Buffer.from(text) : Buffer.from(text);
}
