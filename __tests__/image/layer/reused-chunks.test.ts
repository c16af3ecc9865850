import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { imageOf, readArchive } from "../../../src/image/archive/archive.ts";
import { readLayer } from "../../../src/image/layer/layer.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { examineContent } from "../../../src/inspect/content.ts";
import { imageArchive, testImage } from "../../helpers/layout.ts";
import { elf } from "../../helpers/programs.ts";
import { file, symlink, tar } from "../../helpers/tar.ts";

// A stream may reuse one buffer for all its chunks. Each chunk is valid only until the next is requested. A
// reader that keeps a view would see other bytes.

const long = `${"deep/".repeat(60)}file`;
const program = elf({ program: "bash", filling: 5000 });
const members = [
  file("etc/os-release", "ID=debian\n", { pax: { path: "etc/os-release" } }),
  file(long, "a long name"),
  file("bin/bash", program, { mode: 0o755 }),
  file("bin/script", `#!/bin/sh\n${"true\n".repeat(400)}`, { mode: 0o755 }),
  symlink("bin/sh", "bash"),
  file("noise", Buffer.from(Array.from({ length: 9000 }, (_, index) => (index * index * 31) % 251))),
];
const layer = tar(members);

test.each([
  ["plain", layer],
  ["gzip", gzipSync(layer)],
  ["zstd", zstdCompressSync(layer)],
  [
    "zstd of many frames",
    Buffer.concat([layer.subarray(0, 700), layer.subarray(700)].map((part) => zstdCompressSync(part))),
  ],
])("reads the same layer if one buffer is reused for all chunks: %s", async (_, bytes) => {
  const expected = await readLayer(chunks(bytes, bytes.length), { examine: examineContent });
  expect([...expected.reading.entries].map(({ content }) => content?.markers ?? [])).toContainEqual(["bash"]);
  for (const size of [1, 3, 511, 513, 4096]) {
    expect(await readLayer(chunks(bytes, size), { examine: examineContent })).toEqual(expected);
  }
});

test.each(["graphdriver", "containerd"] as const)(
  "reads the same archive if one buffer is reused for all chunks: %s",
  async (form) => {
    const archive = imageArchive(form, [testImage({ layers: [members, [file("app", "1")]] })]);
    const read = async (size: number) => {
      const options = { store: readingsOfThisRun(), examine: examineContent };
      return imageOf(await readArchive(chunks(archive, size), options), {});
    };
    const expected = await read(archive.length);
    expect(expected.layers[0]?.reading.entries).toHaveLength(members.length);
    for (const size of [100, 512, 1000, 4096]) expect(await read(size)).toEqual(expected);
  },
);

/** Yields chunks of that size, and overwrites each before it yields the next. */
async function* chunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array, void> {
  const buffer = Buffer.alloc(size);
  for (let at = 0; at < bytes.length; at += size) {
    const length = bytes.copy(buffer, 0, at, at + size);
    yield buffer.subarray(0, length);
    buffer.fill(0xee);
  }
}
