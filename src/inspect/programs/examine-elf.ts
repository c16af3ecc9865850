import type { Buffer } from "node:buffer";
import type { ExaminedFile } from "../../image/layer/content.ts";
import type { Examination } from "../examiner.ts";
import { isElf } from "./elf.ts";
import { ElfReader } from "./elf-facts.ts";

/** Examines ELF files, whatever their mode, for what the kernel and the dynamic loader need. */
export function examineElf(file: ExaminedFile, head: Buffer): Examination | null {
  if (!isElf(head)) return null;
  const reader = new ElfReader(file);
  return {
    update: (chunk) => reader.update(chunk),
    finish() {
      const elf = reader.finish();
      return elf === undefined ? null : { elf };
    },
  };
}
