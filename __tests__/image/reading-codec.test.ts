import { createHash } from "node:crypto";
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readerVersion } from "../../src/image/reader-version.ts";
import { decodeReading, encodedLimit, encodeReading } from "../../src/image/reading-codec.ts";
import { toColumns } from "../../src/image/reading-columns.ts";
import { anyStoredReading, storedReading } from "../helpers/reading.ts";

const version = readerVersion("");

test("any reading comes back as it was", () => {
  fc.assert(
    fc.property(anyStoredReading, (stored) => {
      expect(decodeReading(encoded(stored), version)).toStrictEqual(plain(stored));
    }),
  );
});

test("no flipped bit, no shortened and no lengthened file gives a reading", () => {
  const bytes = encoded(storedReading("app", 3));
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    expect(decodeReading(changed, version)).toBeNull();
    expect(decodeReading(bytes.subarray(0, at), version)).toBeNull();
  }
  expect(decodeReading(Buffer.concat([bytes, Buffer.alloc(1)]), version)).toBeNull();
});

test("what another version wrote is not read", () => {
  const bytes = encoded(storedReading("app"));
  expect(decodeReading(bytes, readerVersion("another examiner"))).toBeNull();
});

test("what is sealed and yet no reading is not read", () => {
  const columns = toColumns(storedReading("app", 2));
  expect(decodeReading(sealed(columns), version)).not.toBeNull();
  const wrong = [
    null,
    [],
    { ...columns, extra: 1 },
    { ...columns, mode: [0o644] },
    { ...columns, uid: [0, 0, 0] },
    { ...columns, type: ["file", "toString"] },
    { ...columns, entrySize: [5, "5"] },
    { ...columns, path: { 0: "a", 1: "b", length: 2 } },
    { ...columns, diffId: "sha256:0" },
    { ...columns, linkTarget: [[2, "beyond the last entry"]] },
    { ...columns, content: [[0, { format: "exe" }]] },
    { ...columns, size: -1 },
    { ...columns, tarSize: 0.5 },
  ];
  for (const value of wrong) expect(decodeReading(sealed(value), version)).toBeNull();
});

test("what unpacks to more than the limit is not unpacked", () => {
  const bomb = zstdCompressSync(Buffer.alloc(300 * 1024 * 1024, " "));
  expect(bomb.length).toBeLessThan(1024 * 1024);
  expect(decodeReading(seal(bomb), version)).toBeNull();
  expect(decodeReading(Buffer.alloc(encodedLimit + 1), version)).toBeNull();
});

test("28,000 entries take less than a megabyte", () => {
  const entries = Array.from({ length: 28_000 }, (_, index) => {
    const hash = createHash("sha256").update(`${index}`).digest("hex");
    const path = `usr/lib/go/src/${hash.slice(0, 2)}/${hash.slice(2, 10)}.go`;
    const size = Number.parseInt(hash.slice(10, 14), 16);
    return { path, type: "file", mode: 0o644, uid: 0, gid: 0, size, modified: 1_700_000_000 } as const;
  });
  const { reading, blob } = storedReading("large");
  const stored = { reading: { ...reading, entries }, blob };
  const bytes = encoded(stored);
  expect(bytes.length).toBeLessThan(1_000_000);
  expect(decodeReading(bytes, version)).toStrictEqual(stored);
});

function encoded(stored: Parameters<typeof encodeReading>[0]): Uint8Array {
  const bytes = encodeReading(stored, version);
  if (bytes === null) throw new Error("too large to be encoded");
  return bytes;
}

function sealed(value: unknown): Uint8Array {
  return seal(zstdCompressSync(Buffer.from(JSON.stringify(value))));
}

function seal(packed: Uint8Array): Uint8Array {
  const digest = createHash("sha256").update(`image-audit reading ${version}\0`).update(packed).digest();
  return Buffer.concat([digest, packed]);
}

/** fast-check's records have no prototype. */
function plain<Value>(value: Value): Value {
  return structuredClone(value);
}
