import { Buffer } from "node:buffer";
import { sectionedElf } from "./sectioned-elf.ts";

/** The first bytes of the build information in a Go program (debug/buildinfo). */
export const goMagic = Buffer.from("\xff Go buildinf:", "latin1");

/** Builds a program with build information (runtime/debug, BuildInfo). */
export function goProgram(version: string, modules: string): Buffer {
  const data = inlineBuildInfo(version, modules);
  return sectionedElf({ data, sections: { ".go.buildinfo": { at: 0, size: data.length } } });
}

/** Returns the lines about modules as they are in a program. */
export function framed(text: string): Buffer {
  const frame = Buffer.alloc(16, 0xf9);
  return text === "" ? Buffer.alloc(0) : Buffer.concat([frame, Buffer.from(text), frame]);
}

function uvarint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...bytes, rest]);
    bytes.push((rest % 128) | 128);
  }
}

/** Builds the information as the linker writes it from Go 1.18 on. */
export function inlineBuildInfo(version: string, text: string, length = framed(text).length): Buffer {
  const header = Buffer.concat([goMagic, Buffer.from([8, 2]), Buffer.alloc(16)]);
  return Buffer.concat([
    header,
    uvarint(version.length),
    Buffer.from(version),
    uvarint(length),
    framed(text),
  ]);
}
