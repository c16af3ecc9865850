import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decompress } from "../../../src/image/layer/compression.ts";
import { chunksOf } from "../../helpers/list-tar.ts";

const text = Buffer.from("some text, ".repeat(500));
const skippable = Buffer.concat([Buffer.from("502a4d1803000000", "hex"), Buffer.from("abc")]);

const streams: readonly (readonly [name: string, packed: Buffer, unpacked: Buffer])[] = [
  ["uncompressed bytes", text, text],
  ["nothing", Buffer.alloc(0), Buffer.alloc(0)],
  ["gzip", gzipSync(text), text],
  [
    "gzip of two members",
    Buffer.concat([gzipSync(text), gzipSync("more")]),
    Buffer.concat([text, Buffer.from("more")]),
  ],
  ["gzip with zeros after it", Buffer.concat([gzipSync(text), Buffer.alloc(700)]), text],
  ["zstd", zstdCompressSync(text), text],
  [
    "zstd of two frames",
    Buffer.concat([zstdCompressSync(text), zstdCompressSync(text)]),
    Buffer.concat([text, text]),
  ],
  ["zstd after a skippable frame", Buffer.concat([skippable, zstdCompressSync(text), skippable]), text],
];

test.each(streams)("decompresses %s, whatever the chunks are", async (_, packed, unpacked) => {
  for (const size of [1, 5, 1000, 1 << 20]) expect(await collect(packed, size)).toEqual(unpacked);
});

test("decompresses zstd with any number of frames and block types", async () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 3000 }),
    fc.nat(300_000).map((size) => Buffer.alloc(size, "r")),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(part, { minLength: 1, maxLength: 6 }),
      fc.integer({ min: 1, max: 9000 }),
      async (parts, size) => {
        const packed = Buffer.concat(parts.map((bytes) => zstdCompressSync(bytes)));
        expect((await collect(packed, size)).equals(Buffer.concat(parts))).toBe(true);
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});

test.each([
  ["gzip", gzipSync(randomBytes(900))],
  ["zstd", zstdCompressSync(randomBytes(900))],
  ["zstd of two frames", Buffer.concat([zstdCompressSync(text), zstdCompressSync(text)])],
])("refuses %s that ends early, wherever it ends", async (name, packed) => {
  const firstFrame = name === "zstd of two frames" ? packed.length / 2 : -1;
  for (let cut = 6; cut < packed.length; cut++) {
    if (cut === firstFrame) continue;
    await expect(collect(packed.subarray(0, cut), 64)).rejects.toMatchObject({ code: "archive-truncated" });
  }
});

test.each([
  ["gzip with other bytes after it", Buffer.concat([gzipSync(text), Buffer.from("junk")]), "archive-invalid"],
  [
    "zstd with other bytes after it",
    Buffer.concat([zstdCompressSync(text), Buffer.from("junk")]),
    "archive-invalid",
  ],
  ["bzip2", Buffer.from("BZh91AY&SY"), "image-unsupported"],
  ["empty bzip2", Buffer.from("425a683917724538509000000000", "hex"), "image-unsupported"],
  ["xz", Buffer.from("fd377a585a000004", "hex"), "image-unsupported"],
])("refuses %s", async (_, packed, code) => {
  await expect(collect(packed, 64)).rejects.toMatchObject({ code });
});

test.each([
  ["gzip", gzipSync(Buffer.alloc(64 << 20))],
  ["zstd", zstdCompressSync(Buffer.alloc(64 << 20))],
])("refuses a bomb of %s before it is fully decompressed", async (_, packed) => {
  let unpacked = 0;
  const tenGigabytes = Buffer.concat(Array.from({ length: 160 }, () => packed));
  const run = async () => {
    for await (const chunk of decompress(chunksOf(tenGigabytes, 4096))) unpacked += chunk.length;
  };
  await expect(run()).rejects.toMatchObject({ code: "limit-exceeded" });
  expect(unpacked).toBeLessThan(600 << 20);
});

test("decompresses a legitimate file of zeros", async () => {
  const zeros = Buffer.alloc(100 << 20);
  expect((await collect(gzipSync(zeros), 65536)).length).toBe(zeros.length);
});

test("destroys the stream that it reads when its reader stops", async () => {
  const source = Readable.from(chunksOf(gzipSync(randomBytes(4 << 20)), 4096));
  for await (const chunk of decompress(source)) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(source.destroyed).toBe(true);
});

test("passes on the failure of the stream that it reads", async () => {
  async function* broken() {
    yield gzipSync(text).subarray(0, 20);
    throw new Error("the pipe broke");
  }
  const run = async () => {
    for await (const _ of decompress(broken()));
  };
  await expect(run()).rejects.toThrow("the pipe broke");
});

async function collect(bytes: Uint8Array, size: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decompress(chunksOf(bytes, size))) chunks.push(chunk);
  return Buffer.concat(chunks);
}
