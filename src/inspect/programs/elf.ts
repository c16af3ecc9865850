import type { Buffer } from "node:buffer";

/**
 * Reports whether a file has ELF's magic number. Linux reads the missing part of a truncated header as zeros.
 */
export function isElf(head: Buffer): boolean {
  return head[0] === 0x7f && head[1] === 0x45 && head[2] === 0x4c && head[3] === 0x46;
}

/**
 * Reports whether a file is a program or a shared library (ET_EXEC, ET_DYN). A dynamic loader runs either
 * without an exec bit (`/lib64/ld-linux-x86-64.so.2 FILE`). musl's loader checks neither the magic number nor
 * the byte order (ldso/dynlink.c), so that a file without them is judged by what that loader needs.
 * @param size bytes of the file
 */
export function isLoadable(head: Buffer, size: number): boolean {
  if (head.length < headerSize) return isElf(head);
  const isType = [head.readUInt16LE(16), head.readUInt16BE(16)].some((type) => type === 2 || type === 3);
  return isType && (isElf(head) || hasProgramHeaders(head, size));
}

/**
 * Reports whether the file has a plausible number of program headers, in either width and byte order. Entries
 * may be further apart than they are long, but then the file has to contain the table. Otherwise, data would
 * pass for programs.
 */
function hasProgramHeaders(head: Buffer, size: number): boolean {
  return [true, false].some((isLittle) => {
    const { uint16, uint32, uint64 } = fieldsOf(head, isLittle);
    const tables = [
      { tableAt: uint64(32), entrySize: uint16(54), count: uint16(56) },
      { tableAt: uint32(28), entrySize: uint16(42), count: uint16(44) },
    ];
    return tables.some(({ tableAt, entrySize, count }) => {
      const isUsual = entrySize < 256 && count < 256;
      const isThere = tableAt > 0 && tableAt + entrySize * count <= size;
      return entrySize >= 32 && count > 0 && (isUsual || isThere);
    });
  });
}

/**
 * Reports whether UPX packed the program. UPX's header directly follows the program headers (upx, `l_info`).
 */
export function isPacked(head: Buffer): boolean {
  return head.includes("UPX!", 0, "latin1");
}

/**
 * Reports whether a file has section headers. No program needs them to run. Linkers write them and strip(1)
 * keeps them, but packers remove them, because the sections are packed. The file has to contain the whole
 * table.
 * @param size bytes of the file
 */
export function hasSections(head: Buffer, size: number): boolean {
  if (head.length < headerSize) return false;
  const { uint16, uint32, uint64 } = fieldsOf(head, head[5] !== 2);
  const [tableAt, entrySize, count, wanted] =
    head[4] === 2 ? [uint64(40), uint16(58), uint16(60), 64] : [uint32(32), uint16(46), uint16(48), 40];
  // The first entry is always the null entry (elf(5)).
  return entrySize === wanted && count > 1 && tableAt >= headerSize && tableAt + count * entrySize <= size;
}

/** Bytes of the 64-bit header. A 32-bit file that is shorter has no room for a program. */
const headerSize = 64;

/**
 * Returns readers for the fields of an ELF header in the given byte order (elf(5)). Each throws RangeError if
 * the bytes end before the field does.
 */
export function fieldsOf(head: Buffer, isLittle: boolean) {
  const uint32 = (at: number) => (isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at));
  return {
    uint16: (at: number) => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at)),
    uint32,
    // Reading halves takes a tenth of the time of a BigInt.
    uint64: (at: number) =>
      isLittle ? uint32(at + 4) * 2 ** 32 + uint32(at) : uint32(at) * 2 ** 32 + uint32(at + 4),
  };
}
