import type { Buffer } from "node:buffer";

/** Bytes of an ELF file's begin that the questions below need. */
export const elfHeadSize = 1024;

/** By its magic alone: Linux takes headers that the file's end cuts off for zeros. */
export function isElf(head: Buffer): boolean {
  return head.toString("latin1", 0, 4) === "\x7fELF";
}

/**
 * Whether it is a program or a shared library (ET_EXEC, ET_DYN), which are one to a dynamic loader: it runs either
 * (`/lib64/ld-linux-x86-64.so.2 FILE`) without an exec bit. The one of musl asks neither for the magic nor for the byte
 * order (ldso/dynlink.c), so that a file is judged without them by what the loader needs.
 * @param size of the file, in bytes
 */
export function isLoadable(head: Buffer, size: number): boolean {
  if (head.length < headerSize) return isElf(head);
  const isType = [head.readUInt16LE(16), head.readUInt16BE(16)].some((type) => type === 2 || type === 3);
  return isType && (isElf(head) || hasProgramHeaders(head, size));
}

/**
 * Entries of which there are neither none nor many, in either width and byte order. They may be further apart than they are
 * long, in a table that the file then has to hold: else data would be taken for programs.
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

/** Whether UPX packed the program: its loader's header stands right behind the program headers (upx, `l_info`). */
export function isPacked(head: Buffer): boolean {
  return head.subarray(0, 1024).includes("UPX!", 0, "latin1");
}

/**
 * Whether it has section headers, which no program needs in order to run: linkers write them, strip(1) leaves them, and
 * packers drop them, since the sections are packed. A table that the file does not hold is none.
 * @param size of the file, in bytes
 */
export function hasSections(head: Buffer, size: number): boolean {
  if (head.length < headerSize) return false;
  const { uint16, uint32, uint64 } = fieldsOf(head, head[5] !== 2);
  const [tableAt, entrySize, count, wanted] =
    head[4] === 2 ? [uint64(40), uint16(58), uint16(60), 64] : [uint32(32), uint16(46), uint16(48), 40];
  // The first entry is always the null one (elf(5)).
  return entrySize === wanted && count > 1 && tableAt >= headerSize && tableAt + count * entrySize <= size;
}

/** Of the wider kind; a file of the other kind that is shorter has no room for a program. */
const headerSize = 64;

/** Reads the ELF header's fields in a byte order (elf(5)). */
function fieldsOf(head: Buffer, isLittle: boolean) {
  return {
    uint16: (at: number) => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at)),
    uint32: (at: number) => (isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at)),
    uint64: (at: number) => Number(isLittle ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at)),
  };
}
