import { readFileSync } from "node:fs";
import type { Kind, PlannedFile } from "./image-plan.ts";
import { Random } from "./random.ts";

/** Part of the images' tags. Change it whenever files get other bytes. The machine code is from this Node. */
export const contentVersion = `4-node-${process.version}-${process.arch}`;

/** Returns the bytes of a planned file. */
export type Content = (file: PlannedFile) => Generator<Buffer>;

/** Bytes from the start of an ELF file with which each file of machine code begins. */
export const headSize = 4096;
const poolSize = 8_000_000;

/**
 * Returns a function that cuts files out of the supplies. Machine code is real: pieces of the Node executable
 * after an ELF header, which compress about as well as programs. The supplies are longer than gzip's window,
 * so gzip finds no repetition.
 */
export function openContent(): Content {
  const node = readFileSync(process.execPath);
  const text = textOf(new Random("text"));
  const supplies: Readonly<Record<Kind, { head: Buffer; supply: Buffer }>> = {
    program: { head: elfHead(node), supply: node },
    library: { head: elfHead(node), supply: node },
    script: { head: Buffer.from("#!/usr/libexec/run --quiet\n"), supply: text },
    text: { head: Buffer.alloc(0), supply: text },
    packed: { head: Buffer.alloc(0), supply: noiseOf(new Random("packed")) },
  };
  return function* ({ kind, size, seed }) {
    const { head, supply } = supplies[kind];
    if (head.length > 0) yield head.subarray(0, size);
    let left = size - Math.min(size, head.length);
    for (let at = seed % supply.length; left > 0; at = 0) {
      const piece = supply.subarray(at, at + left);
      yield piece;
      left -= piece.length;
    }
  };
}

/**
 * Returns the start of the Node executable, with a section header table inside it. Without section
 * headers, the file would look like a packed program.
 */
export function elfHead(node: Buffer): Buffer {
  const head = Buffer.from(node.subarray(0, headSize));
  // e_shoff and e_shnum, see elf(5).
  head.writeBigUInt64LE(64n, 40);
  head.writeUInt16LE(2, 60);
  return head;
}

/** Returns words of an invented language, some frequent and some rare, as in real texts. */
function textOf(random: Random): Buffer {
  const letters = "etaoinshrdlucmfwypvbgkqjxz";
  const letter = () => letters[Math.floor(letters.length * random.next() ** 2)] ?? "";
  const word = () => Array.from({ length: 2 + random.below(9) }, letter).join("");
  const words = Array.from({ length: 8000 }, word);
  const text = Buffer.alloc(poolSize);
  for (let at = 0; at < poolSize; ) {
    const next = words[Math.floor(words.length * random.next() ** 3)] ?? "";
    at += text.write(`${next}${random.below(12) === 0 ? "\n" : " "}`, at);
  }
  return text;
}

function noiseOf(random: Random): Buffer {
  const noise = Buffer.alloc(poolSize);
  for (let at = 0; at < poolSize; at += 4) noise.writeUInt32LE(random.below(2 ** 32), at);
  return noise;
}
