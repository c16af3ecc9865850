import type { Buffer } from "node:buffer";

/** Bytes of an ELF file's begin that the questions below need. */
export const elfHeadSize = 4096;

/** By its magic alone: Linux takes headers that the file's end cuts off for zeros. */
export function isElf(head: Buffer): boolean {
  return head.toString("latin1", 0, 4) === "\x7fELF";
}

/**
 * Whether the dynamic loader can start the file (`/lib64/ld-linux-x86-64.so.2 FILE`), which needs no exec bit: it has a
 * PT_INTERP segment, as every dynamically linked program and hardly a library has. Yes where that cannot be told.
 */
export function isLoadable(head: Buffer): boolean {
  if (head.length < 64) return true;
  const { size, uint16, uint32, address } = fieldsOf(head);
  const [tableAt, entrySize, count] =
    size === 64 ? [address(32), uint16(54), uint16(56)] : [address(28), uint16(42), uint16(44)];
  for (let index = 0; index < count; index++) {
    const at = tableAt + index * entrySize;
    if (at + 4 > head.length) return true;
    if (uint32(at) === segmentInterpreter) return true;
  }
  return false;
}

/** Whether UPX packed the program: its loader's header stands right behind the program headers (upx, `l_info`). */
export function isPacked(head: Buffer): boolean {
  return head.subarray(0, 1024).includes("UPX!", 0, "latin1");
}

const segmentInterpreter = 3;

/** The ELF header's fields, in the file's own width and byte order (elf(5)). */
function fieldsOf(head: Buffer) {
  const size = head[4] === 2 ? 64 : 32;
  const isLittle = head[5] !== 2;
  const uint16 = (at: number) => (isLittle ? head.readUInt16LE(at) : head.readUInt16BE(at));
  const uint32 = (at: number) => (isLittle ? head.readUInt32LE(at) : head.readUInt32BE(at));
  const uint64 = (at: number) => Number(isLittle ? head.readBigUInt64LE(at) : head.readBigUInt64BE(at));
  return { size, uint16, uint32, address: size === 64 ? uint64 : uint32 };
}
