import fc from "fast-check";
import type { ElfDynamic, ElfFacts } from "../../src/image/layer/content.ts";
import type { EntryType, LayerEntry } from "../../src/image/layer/entry.ts";
import { EntryTable } from "../../src/image/layer/entry-table.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import type { StoredReading } from "../../src/image/readings/bytes.ts";
import { type Digest, digestOf } from "../../src/oci/digest.ts";

/** Returns an invented reading of a layer with `fileCount` files. It depends only on the arguments. */
export function storedReading(name: string, fileCount = 1): StoredReading {
  const entries = Array.from({ length: fileCount }, (_, index) => fileEntry(`${name}/${index}`));
  const diffId = digestOf(Buffer.from(`tar ${name}`));
  return {
    reading: {
      diffId,
      size: 5 * fileCount,
      tarSize: 1024 * fileCount,
      tarParts: { content: 5 * fileCount, headers: 512 * fileCount, padding: 507 * fileCount },
      entries: EntryTable.of(entries),
      anomalies: [],
    },
    blob: { digest: digestOf(Buffer.from(`gzip ${name}`)), size: 100 + name.length },
  };
}

/** Returns an invented reading. Its diff ID is a hash of the entries, so that it identifies the layer. */
export function madeUpReading(entries: readonly LayerEntry[]): LayerReading {
  const diffId = digestOf(Buffer.from(JSON.stringify(entries)));
  const tarParts = { content: 0, headers: 0, padding: 0 };
  return { diffId, size: 0, tarSize: 0, tarParts, entries: EntryTable.of(entries), anomalies: [] };
}

export function fileEntry(path: string): LayerEntry {
  return { path, type: "file", mode: 0o644, uid: 0, gid: 0, size: 5, crc32: 1, modified: 1_700_000_000 };
}

const byteText = fc.string({
  unit: fc.integer({ min: 0, max: 255 }).map((byte) => String.fromCharCode(byte)),
});
const names = fc.array(byteText, { maxLength: 3 });
const anyDigest = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes): Digest => `sha256:${Buffer.from(bytes).toString("hex")}`);
/** Numbers in a tar are 64-bit integers, rounded to a double. */
const integer = fc.oneof(
  fc.maxSafeInteger(),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(Number),
);
const size = fc.maxSafeNat();
const entryTypes: readonly EntryType[] = [
  "file",
  "directory",
  "symlink",
  "hardlink",
  "character-device",
  "block-device",
  "fifo",
  "whiteout",
  "opaque-whiteout",
];

const half = fc.integer({ min: 0, max: 0xffff });
const anyElfDynamic: fc.Arbitrary<ElfDynamic> = fc.record(
  {
    needed: names,
    soname: byteText,
    rpath: byteText,
    runpath: byteText,
    hasNoDefaultLibraries: fc.constant(true),
    isPie: fc.constant(true),
    versionNeeds: fc.array(
      fc.record(
        {
          library: byteText,
          versions: fc.array(
            fc.record(
              { name: byteText, isWeak: fc.constant(true) },
              { requiredKeys: ["name"], noNullPrototype: true },
            ),
            { maxLength: 3 },
          ),
        },
        { noNullPrototype: true },
      ),
      { maxLength: 3 },
    ),
    versionDefinitions: names,
  },
  { requiredKeys: [], noNullPrototype: true },
);

const anyElfFacts: fc.Arbitrary<ElfFacts> = fc.record(
  {
    class: fc.constantFrom(32, 64),
    byteOrder: fc.constantFrom("little", "big"),
    machine: half,
    type: half,
    interpreter: byteText,
    dynamic: anyElfDynamic,
    loaderDirectories: names,
    unread: byteText,
  },
  { requiredKeys: ["class", "byteOrder", "machine", "type"], noNullPrototype: true },
);

export const anyEntry: fc.Arbitrary<LayerEntry> = fc.record(
  {
    path: byteText,
    type: fc.constantFrom(...entryTypes),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: integer,
    gid: integer,
    size,
    crc32: fc.nat(2 ** 32 - 1),
    modified: integer,
    linkTarget: byteText,
    device: fc.tuple(integer, integer),
    capabilities: fc.option(
      fc.record(
        { permitted: fc.nat({ max: 2 ** 41 - 1 }), isEffective: fc.boolean() },
        { noNullPrototype: true },
      ),
    ),
    hasAccessList: fc.constant(true),
    content: fc.record(
      {
        format: fc.constantFrom("elf", "script", "other"),
        interpreter: byteText,
        markers: names,
        elf: anyElfFacts,
        text: byteText,
      },
      { requiredKeys: ["format"], noNullPrototype: true },
    ),
  },
  {
    requiredKeys: ["path", "type", "mode", "uid", "gid", "size", "crc32", "modified"],
    noNullPrototype: true,
  },
);

const anyLayerReading: fc.Arbitrary<LayerReading> = fc.record(
  {
    diffId: anyDigest,
    size,
    tarSize: size,
    tarParts: fc.record({ content: size, headers: size, padding: size }, { noNullPrototype: true }),
    gzipSize: size,
    entries: fc.array(anyEntry).map((entries) => EntryTable.of(entries)),
    anomalies: fc.array(
      fc.record(
        {
          kind: fc.constantFrom(
            "duplicate-path",
            "path-outside-root",
            "whiteout-with-replacement",
            "unknown-pax-record",
          ),
          path: byteText,
        },
        { noNullPrototype: true },
      ),
    ),
  },
  { requiredKeys: ["diffId", "size", "tarSize", "tarParts", "entries", "anomalies"], noNullPrototype: true },
);

/** Everything that the types allow, including readings that no layer gives. */
export const anyStoredReading: fc.Arbitrary<StoredReading> = fc.record(
  { reading: anyLayerReading, blob: fc.record({ digest: anyDigest, size }, { noNullPrototype: true }) },
  { noNullPrototype: true },
);
