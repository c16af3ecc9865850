import type { Filesystem } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { Image } from "../../src/image/image.ts";
import { readLayer } from "../../src/image/layer/layer.ts";
import { readLayout } from "../../src/image/layout/layout.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { layoutFiles, opener, type TestImageOptions, testImage } from "./layout.ts";
import { type ElfOptions, elf } from "./programs.ts";
import { file, type TarMember, tar } from "./tar.ts";

/** Reads an image as an audit does, and examines file contents. */
export async function readImage(options: TestImageOptions): Promise<Image> {
  return readLayout(opener(layoutFiles([testImage(options)])), {
    store: readingsOfThisRun(),
    examine: examineContent,
  });
}

/** Returns the final root filesystem of layers, given from the lowest. */
export async function filesystemOf(...layers: readonly (readonly TarMember[])[]): Promise<Filesystem> {
  const read = layers.map((members) => readLayer(bytesOf(tar(members)), { examine: examineContent }));
  return mergeLayers((await Promise.all(read)).map(({ reading }) => reading));
}

/** Returns an executable ELF file. With only a path, it is an ordinary program. */
export function program(path: TarMember["path"], options: ElfOptions = {}, mode = 0o755): TarMember {
  return file(path, elf(options), { mode });
}

export function script(path: string, interpreter: string): TarMember {
  return file(path, `#!${interpreter}\nbody\n`, { mode: 0o755 });
}

async function* bytesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
