import { createHash } from "node:crypto";
import { endianness } from "node:os";
import { zstdCompressSync } from "node:zlib";
import fc from "fast-check";
import { expect, test } from "vitest";
import { EntryTable } from "../../../src/image/layer/entry-table.ts";
import { toBytes } from "../../../src/image/readings/bytes.ts";
import { decodeReading, encodedLimit, encodeReading } from "../../../src/image/readings/codec.ts";
import { readerVersion } from "../../../src/image/readings/reader-version.ts";
import { anyStoredReading, storedReading } from "../../helpers/reading.ts";

const version = readerVersion("");

test("decodes every reading unchanged", () => {
  fc.assert(
    fc.property(anyStoredReading, (stored) => {
      expect(decodeReading(encoded(stored), version)).toStrictEqual(stored);
    }),
  );
});

test("refuses a file with a flipped bit, a missing end or additional bytes", () => {
  const bytes = encoded(storedReading("app", 3));
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    expect(decodeReading(changed, version)).toBeNull();
    expect(decodeReading(bytes.subarray(0, at), version)).toBeNull();
  }
  expect(decodeReading(Buffer.concat([bytes, Buffer.alloc(1)]), version)).toBeNull();
});

test("refuses a reading of another version", () => {
  const bytes = encoded(storedReading("app"));
  expect(decodeReading(bytes, readerVersion("another examiner"))).toBeNull();
});

test("refuses sealed bytes that are not a reading", () => {
  const bytes = toBytes(storedReading("app", 2));
  const { head, columns } = taken(bytes);
  expect(decodeReading(seal(zstdCompressSync(joined(head, columns))), version)).not.toBeNull();
  const [attributes] = head["distinct"] as readonly object[];
  const wrongHeads = [
    null,
    [],
    { ...head, extra: 1 },
    { ...head, count: 1 },
    { ...head, count: 2 ** 40 },
    { ...head, diffId: "sha256:0" },
    { ...head, size: -1 },
    { ...head, tarSize: 0.5 },
    { ...head, tarParts: { content: 0, headers: 0 } },
    { ...head, distinct: [] },
    { ...head, distinct: { 0: attributes, length: 1 } },
    { ...head, distinct: [null] },
    ...[
      { type: "toString" },
      { mode: "5" },
      { uid: 0.5 },
      { linkTarget: 5 },
      { device: [1] },
      { capabilities: {} },
      { capabilities: { permitted: -1, isEffective: true } },
      { capabilities: { permitted: 1, isEffective: 1 } },
      { hasAccessList: false },
      { content: { format: "exe" } },
      { content: { format: "elf", more: 1 } },
      ...wrongElfFacts.map((elf) => ({ content: { format: "elf", elf } })),
      { more: 1 },
    ].map((wrong) => ({ ...head, distinct: [{ ...attributes, ...wrong }] })),
  ];
  const wrongColumns = [
    Buffer.concat([columns, Buffer.of(0)]),
    columns.subarray(0, -1),
    // The first size, the end of the first path, and the first index of attributes.
    Buffer.concat([Buffer.from(Float64Array.of(-1).buffer), columns.subarray(8)]),
    Buffer.concat([Buffer.from(Float64Array.of(0.5).buffer), columns.subarray(8)]),
    Buffer.concat([columns.subarray(0, 40), Buffer.alloc(4, 0xff), columns.subarray(44)]),
    Buffer.concat([columns.subarray(0, 48), Buffer.alloc(4, 0xff), columns.subarray(52)]),
  ];
  const wrong = [
    Buffer.alloc(0),
    Buffer.alloc(4, 0xff),
    ...wrongHeads.map((head) => joined(head, columns)),
    ...wrongColumns.map((columns) => joined(head, columns)),
  ];
  for (const unpacked of wrong) expect(decodeReading(seal(zstdCompressSync(unpacked)), version)).toBeNull();
});

const elfFacts = { class: 64, byteOrder: "little", machine: 62, type: 3 };

/** Each is wrong in one way only. */
const wrongElfFacts = [
  null,
  [],
  {},
  ...[
    { class: 16 },
    { byteOrder: "middle" },
    { machine: "x86-64" },
    { type: 0.5 },
    { interpreter: null },
    { loaderDirectories: "/lib" },
    { unread: true },
    { more: 1 },
    ...[
      { needed: [1] },
      { soname: 1 },
      { rpath: [] },
      { runpath: null },
      { hasNoDefaultLibraries: false },
      { isPie: 1 },
      { versionNeeds: {} },
      { versionNeeds: [{ library: "libc.so.6" }] },
      { versionNeeds: [{ library: "libc.so.6", versions: ["GLIBC_2.34"] }] },
      { versionNeeds: [{ library: "libc.so.6", versions: [{ name: "GLIBC_2.34", isWeak: false }] }] },
      { versionNeeds: [{ library: "libc.so.6", versions: [], more: 1 }] },
      { versionDefinitions: [null] },
      { more: 1 },
    ].map((dynamic) => ({ dynamic })),
  ].map((wrong) => ({ ...elfFacts, ...wrong })),
];

test("reads complete facts of an ELF file, from which each wrong case above differs in one way", () => {
  const { head, columns } = taken(toBytes(storedReading("app", 2)));
  const [attributes] = head["distinct"] as readonly object[];
  const dynamic = {
    versionNeeds: [{ library: "libc.so.6", versions: [{ name: "GLIBC_2.34", isWeak: true }] }],
  };
  const content = { format: "elf", elf: { ...elfFacts, dynamic } };
  const right = joined({ ...head, distinct: [{ ...attributes, content }] }, columns);
  expect(decodeReading(seal(zstdCompressSync(right)), version)).not.toBeNull();
});

test("keeps only a blob's digest and size", () => {
  const stored = storedReading("app");
  const more = { ...stored, blob: { ...stored.blob, kind: "layer" } };
  expect(decodeReading(encoded(more), version)).toStrictEqual(stored);
});

test("does not decompress beyond the limit", () => {
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
    return {
      path,
      type: "file",
      mode: 0o644,
      uid: 0,
      gid: 0,
      size,
      crc32: Number.parseInt(hash.slice(14, 22), 16),
      modified: 1_700_000_000,
    } as const;
  });
  const { reading, blob } = storedReading("large");
  const stored = { reading: { ...reading, entries: EntryTable.of(entries) }, blob };
  const bytes = encoded(stored);
  expect(bytes.length).toBeLessThan(1_000_000);
  expect(decodeReading(bytes, version)).toStrictEqual(stored);
});

function encoded(stored: Parameters<typeof encodeReading>[0]): Uint8Array {
  const bytes = encodeReading(stored, version);
  if (bytes === null) throw new Error("too large to be encoded");
  return bytes;
}

function taken(bytes: Buffer): {
  readonly head: Readonly<Record<string, unknown>>;
  readonly columns: Buffer;
} {
  const end = 4 + (endianness() === "LE" ? bytes.readUInt32LE(0) : bytes.readUInt32BE(0));
  return { head: JSON.parse(bytes.toString("utf8", 4, end)), columns: bytes.subarray(end) };
}

function joined(head: unknown, columns: Buffer): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  return Buffer.concat([Buffer.from(Uint32Array.of(json.length).buffer), json, columns]);
}

function seal(packed: Uint8Array): Uint8Array {
  const digest = createHash("sha256")
    .update(`image-audit reading ${version} ${endianness()}\0`)
    .update(packed)
    .digest();
  return Buffer.concat([digest, packed]);
}
