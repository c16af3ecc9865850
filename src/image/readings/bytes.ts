import { Buffer } from "node:buffer";
import * as v from "valibot";
import { type Digest, isDigest } from "../../oci/digest.ts";
import type {
  Content,
  ElfDynamic,
  ElfFacts,
  ElfVersionNeed,
  PackageRecord,
  PackageRecords,
  PackageType,
} from "../layer/content.ts";
import type { EntryType, FileCapabilities } from "../layer/entry.ts";
import { type EntryAttributes, type EntryColumns, EntryTable } from "../layer/entry-table.ts";
import type { LayerReading } from "../layer/reading.ts";
import { limits } from "../limits.ts";

/** A reading and the blob that it was made from. A layer can have several blobs, one for each compression. */
export interface StoredReading {
  readonly reading: LayerReading;
  /** `size` in bytes */
  readonly blob: { readonly digest: Digest; readonly size: number };
}

/**
 * Encodes a reading as bytes: the length of a JSON head, the head, and then the entries' columns as in
 * memory, so that a hundred thousand entries need no parsing. Numbers are in this machine's byte order.
 */
export function toBytes({ reading, blob }: StoredReading): Buffer {
  const { entries, ...scalars } = reading;
  const { distinct, paths, ends, sizes, checksums, modified, attributes } = entries.columns;
  // Selected by name: callers may pass objects with more properties.
  const { digest, size } = blob;
  const head = { ...scalars, blob: { digest, size }, distinct, count: ends.length };
  const json = Buffer.from(JSON.stringify(head));
  // Lengths compress better than end positions.
  const lengths = ends.map((end, index) => end - (ends[index - 1] ?? 0));
  const columns = [sizes, modified, checksums, lengths, attributes].map(bytesOf);
  return Buffer.concat([
    bytesOf(Uint32Array.of(json.length)),
    json,
    ...columns,
    Buffer.from(paths, "latin1"),
  ]);
}

/**
 * Decodes a reading.
 * @throws v.ValiError, SyntaxError or RangeError for anything that `toBytes` does not produce
 */
export function fromBytes(bytes: Buffer): StoredReading {
  const reader = new Cutter(bytes);
  const headLength = reader.numbers(Uint32Array, 1)[0] ?? 0;
  const head = v.parse(headSchema, JSON.parse(reader.text(headLength, "utf8")));
  const { blob, distinct, count, ...scalars } = head;
  const columns: EntryColumns = {
    distinct,
    sizes: reader.numbers(Float64Array, count),
    modified: reader.numbers(Float64Array, count),
    checksums: reader.numbers(Uint32Array, count),
    ends: endsOf(reader.numbers(Uint32Array, count)),
    attributes: reader.numbers(Uint32Array, count),
    paths: reader.text(reader.left, "latin1"),
  };
  check(columns);
  return { reading: { ...scalars, entries: new EntryTable(columns) }, blob };
}

/** Splits bytes from front to back. */
class Cutter {
  readonly #bytes: Buffer;
  #offset = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#offset;
  }

  text(length: number, encoding: "utf8" | "latin1"): string {
    return this.#cut(length).toString(encoding);
  }

  /** Returns a copy: a view would keep all bytes in memory, and need them aligned. */
  numbers<Numbers extends Uint32Array | Float64Array>(type: new (size: number) => Numbers, count: number) {
    const numbers = new type(count);
    bytesOf(numbers).set(this.#cut(numbers.byteLength));
    return numbers;
  }

  #cut(length: number): Buffer {
    if (length > this.left) throw new RangeError("the reading is truncated");
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }
}

/** Converts lengths to end positions. @throws RangeError if all paths together exceed the limit */
function endsOf(lengths: Uint32Array): Uint32Array {
  const ends = new Uint32Array(lengths.length);
  let end = 0;
  // As in `check`, a plain loop for speed.
  for (let index = 0; index < lengths.length; index++) {
    end += lengths[index] ?? 0;
    ends[index] = end;
  }
  if (end > limits.paths) throw new RangeError("the paths are too long");
  return ends;
}

function check({ paths, ends, sizes, modified, attributes, distinct }: EntryColumns): void {
  let isSound = (ends.at(-1) ?? 0) === paths.length;
  // One plain loop: a callback for each item of each column would take longer than all other work on them.
  for (let index = 0; index < ends.length; index++) {
    const size = sizes[index] ?? 0;
    isSound &&= size >= 0 && Number.isInteger(size);
    isSound &&= Number.isInteger(modified[index]) && (attributes[index] ?? 0) < distinct.length;
  }
  if (!isSound) throw new RangeError("the reading's columns do not fit together");
}

function bytesOf(numbers: Uint32Array | Float64Array): Buffer {
  return Buffer.from(numbers.buffer, numbers.byteOffset, numbers.byteLength);
}

const entryTypes = {
  file: true,
  directory: true,
  symlink: true,
  hardlink: true,
  "character-device": true,
  "block-device": true,
  fifo: true,
  whiteout: true,
  "opaque-whiteout": true,
} satisfies Record<EntryType, true>;

const formats = { elf: true, script: true, other: true } satisfies Record<Content["format"], true>;

/** Checked by hand: a layer can have a hundred thousand links, for which a schema takes seconds. */
function isAttributes(value: unknown): value is EntryAttributes {
  return isOf<EntryAttributes>(value, {
    type: isOneOf(entryTypes),
    mode: Number.isInteger,
    uid: Number.isInteger,
    gid: Number.isInteger,
    linkTarget: isOptional(isText),
    device: isOptional(isPair),
    capabilities: isOptional((value) => value === null || isFileCapabilities(value)),
    hasAccessList: isOptional(isTrue),
    content: isOptional(isContent),
  });
}

function isFileCapabilities(value: unknown): boolean {
  return isOf<FileCapabilities>(value, {
    permitted: (mask) => Number.isSafeInteger(mask) && Number(mask) >= 0,
    isEffective: (flag) => typeof flag === "boolean",
  });
}

function isContent(value: unknown): boolean {
  return isOf<Content>(value, {
    format: isOneOf(formats),
    interpreter: isOptional(isText),
    markers: isOptional(isTexts),
    elf: isOptional(isElfFacts),
    text: isOptional(isText),
    packages: isOptional(isListOf(isPackageRecords)),
  });
}

const packageTypes = {
  deb: true,
  apk: true,
  rpm: true,
  pypi: true,
  npm: true,
  maven: true,
  golang: true,
  cargo: true,
} satisfies Record<PackageType, true>;

function isPackageRecords(value: unknown): boolean {
  return isOf<PackageRecords>(value, {
    type: isOneOf(packageTypes),
    packages: isListOf(isPackageRecord),
    unread: isOptional(isText),
  });
}

function isPackageRecord(value: unknown): boolean {
  return isOf<PackageRecord>(value, {
    name: isText,
    version: isText,
    architecture: isOptional(isText),
    size: isOptional(Number.isInteger),
  });
}

function isElfFacts(value: unknown): boolean {
  return isOf<ElfFacts>(value, {
    class: (width) => width === 32 || width === 64,
    byteOrder: (order) => order === "little" || order === "big",
    machine: Number.isInteger,
    type: Number.isInteger,
    interpreter: isOptional(isText),
    dynamic: isOptional(isElfDynamic),
    loaderDirectories: isOptional(isTexts),
    unread: isOptional(isText),
  });
}

function isElfDynamic(value: unknown): boolean {
  return isOf<ElfDynamic>(value, {
    needed: isOptional(isTexts),
    soname: isOptional(isText),
    rpath: isOptional(isText),
    runpath: isOptional(isText),
    hasNoDefaultLibraries: isOptional(isTrue),
    isPie: isOptional(isTrue),
    versionNeeds: isOptional(isListOf(isVersionNeeds)),
    versionDefinitions: isOptional(isTexts),
  });
}

type VersionNeeds = NonNullable<ElfDynamic["versionNeeds"]>[number];

function isVersionNeeds(value: unknown): boolean {
  return isOf<VersionNeeds>(value, { library: isText, versions: isListOf(isVersionNeed) });
}

function isVersionNeed(value: unknown): boolean {
  return isOf<ElfVersionNeed>(value, { name: isText, isWeak: isOptional(isTrue) });
}

type Check = (value: unknown) => boolean;

function isOf<Shape>(value: unknown, checks: Record<keyof Shape & string, Check>): value is Shape {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Record<string, unknown>;
  for (const key in record) if (!Object.hasOwn(checks, key)) return false;
  for (const key in checks) if (!checks[key as keyof typeof checks](record[key])) return false;
  return true;
}

const isText: Check = (value) => typeof value === "string";
const isTrue: Check = (value) => value === true;
const isTexts: Check = isListOf(isText);
const isPair: Check = (value) =>
  Array.isArray(value) && value.length === 2 && value.every((part) => Number.isInteger(part));

function isListOf(check: Check): Check {
  return (value) => Array.isArray(value) && value.every(check);
}

function isOptional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function isOneOf(names: object): Check {
  return (value) => typeof value === "string" && Object.hasOwn(names, value);
}

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
const digest = v.custom<Digest>(isDigest);

const headSchema = v.strictObject({
  diffId: digest,
  size: amount,
  tarSize: amount,
  tarParts: v.strictObject({ content: amount, headers: amount, padding: amount }),
  gzipSize: v.exactOptional(amount),
  blob: v.strictObject({ digest, size: amount }),
  anomalies: v.array(
    v.strictObject({
      kind: v.picklist([
        "duplicate-path",
        "path-outside-root",
        "whiteout-with-replacement",
        "unknown-pax-record",
      ]),
      path: v.string(),
    }),
  ),
  distinct: v.custom<readonly EntryAttributes[]>(
    (value) => Array.isArray(value) && value.every(isAttributes),
  ),
  count: v.pipe(amount, v.maxValue(limits.members)),
});
