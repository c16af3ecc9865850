import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import type { LayerEntry } from "./entry.ts";

/** The attributes that many entries of a layer share. */
export type EntryAttributes = Omit<LayerEntry, "path" | "size" | "crc32" | "modified">;

/** Entries in columns. All columns except `paths` and `distinct` have one item for each entry. */
export interface EntryColumns {
  /** all paths, concatenated */
  readonly paths: string;
  /** the index in `paths` where an entry's path ends */
  readonly ends: Uint32Array;
  /** bytes */
  readonly sizes: Float64Array;
  readonly checksums: Uint32Array;
  readonly modified: Float64Array;
  /** index into `distinct` */
  readonly attributes: Uint32Array;
  readonly distinct: readonly EntryAttributes[];
}

/**
 * The entries of a layer, in the order of its tar. In columns, each takes about 28 bytes besides its path,
 * mostly outside V8's heap. An object would take 200 bytes, which the garbage collector scans repeatedly.
 * Columns can also be read from a file without parsing. An entry becomes an object only on access.
 */
export class EntryTable implements Iterable<LayerEntry> {
  readonly columns: EntryColumns;

  constructor(columns: EntryColumns) {
    this.columns = columns;
  }

  static of(entries: Iterable<LayerEntry>): EntryTable {
    const builder = new EntryTableBuilder();
    for (const entry of entries) builder.add(entry);
    return builder.finish();
  }

  get length(): number {
    return this.columns.ends.length;
  }

  /** @throws RangeError if there is no such entry, like all methods with an index */
  pathAt(index: number): BytePath {
    return this.columns.paths.slice(this.#beginAt(index), must(this.columns.ends[index]));
  }

  /**
   * Reports whether the path is directly in the directory, without splitting it. The root is in no directory.
   */
  isIn(directory: BytePath, index: number): boolean {
    const { paths, ends } = this.columns;
    const begin = this.#beginAt(index);
    const end = must(ends[index]);
    const name = directory === "" ? begin : begin + directory.length + 1;
    if (name >= end) return false;
    if (directory !== "" && (paths[name - 1] !== "/" || !paths.startsWith(directory, begin))) return false;
    return !paths.slice(name, end).includes("/");
  }

  attributesAt(index: number): EntryAttributes {
    return must(this.columns.distinct[must(this.columns.attributes[index])]);
  }

  sizeAt(index: number): number {
    return must(this.columns.sizes[index]);
  }

  crc32At(index: number): number {
    return must(this.columns.checksums[index]);
  }

  modifiedAt(index: number): number {
    return must(this.columns.modified[index]);
  }

  at(index: number): LayerEntry {
    return {
      path: this.pathAt(index),
      ...this.attributesAt(index),
      size: this.sizeAt(index),
      crc32: this.crc32At(index),
      modified: this.modifiedAt(index),
    };
  }

  /**
   * Yields the entries whose attributes tell a fact: their indexes, and the fact. Of attributes that many entries share,
   * asks once.
   * @param factOf returns null if the attributes tell nothing
   */
  *telling<Fact>(
    factOf: (attributes: EntryAttributes) => Fact | null,
  ): Generator<readonly [index: number, fact: Fact], void> {
    const { distinct, attributes } = this.columns;
    const facts = distinct.map(factOf);
    if (facts.every((fact) => fact === null)) return;
    for (let index = 0; index < attributes.length; index++) {
      const fact = facts[must(attributes[index])] ?? null;
      if (fact !== null) yield [index, fact];
    }
  }

  *[Symbol.iterator](): Iterator<LayerEntry> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** Returns the index in `paths` where an entry's path begins. */
  #beginAt(index: number): number {
    return index === 0 ? 0 : must(this.columns.ends[index - 1]);
  }
}

/** Builds a table from entries, one at a time. */
export class EntryTableBuilder {
  readonly #ends = new Column(Uint32Array);
  readonly #sizes = new Column(Float64Array);
  readonly #checksums = new Column(Uint32Array);
  readonly #modified = new Column(Float64Array);
  readonly #attributes = new Column(Uint32Array);
  readonly #distinct = new Map<string, { readonly index: number; readonly attributes: EntryAttributes }>();
  readonly #paths: string[] = [];
  #pathLength = 0;
  #attributesLength = 0;

  /** @throws Failure limit-exceeded if all paths, or all attributes, together are too long */
  add(entry: LayerEntry): void {
    const { path, size, crc32, modified } = entry;
    this.#pathLength += path.length;
    if (this.#pathLength > limits.paths)
      throw new Failure("limit-exceeded", "A layer's paths have more text than in any honest image.");
    this.#paths.push(path);
    this.#ends.push(this.#pathLength);
    this.#sizes.push(size);
    this.#checksums.push(crc32);
    this.#modified.push(modified);
    this.#attributes.push(this.#indexOf(entry));
  }

  finish(): EntryTable {
    return new EntryTable({
      paths: this.#paths.join(""),
      ends: this.#ends.finish(),
      sizes: this.#sizes.finish(),
      checksums: this.#checksums.finish(),
      modified: this.#modified.finish(),
      attributes: this.#attributes.finish(),
      distinct: [...this.#distinct.values()].map(({ attributes }) => attributes),
    });
  }

  #indexOf(entry: LayerEntry): number {
    const key = keyOf(entry);
    const existing = this.#distinct.get(key);
    if (existing !== undefined) return existing.index;
    this.#attributesLength += key.length;
    if (this.#attributesLength > limits.attributes)
      throw new Failure("limit-exceeded", "A layer's links and files say more than in any honest image.");
    const { path: _path, size: _size, crc32: _crc32, modified: _modified, ...attributes } = entry;
    const index = this.#distinct.size;
    this.#distinct.set(key, { index, attributes });
    return index;
  }
}

/** Returns a key that is equal only for equal attributes. JSON leaves out what is absent, and keeps null. */
function keyOf(entry: EntryAttributes): string {
  const { type, mode, uid, gid, linkTarget, device, capabilities, hasAccessList, content } = entry;
  const plain = `${type} ${mode} ${uid} ${gid}`;
  const isPlain =
    linkTarget === undefined &&
    device === undefined &&
    capabilities === undefined &&
    hasAccessList === undefined &&
    content === undefined;
  return isPlain
    ? plain
    : plain + JSON.stringify({ linkTarget, device, capabilities, hasAccessList, content });
}

/** A growable array of numbers. */
class Column<Numbers extends Uint32Array | Float64Array> {
  readonly #type: new (
    size: number,
  ) => Numbers;
  #numbers: Numbers;
  #length = 0;

  constructor(type: new (size: number) => Numbers) {
    this.#type = type;
    this.#numbers = new type(64);
  }

  push(number: number): void {
    if (this.#length === this.#numbers.length) {
      const grown = new this.#type(this.#length * 2);
      grown.set(this.#numbers);
      this.#numbers = grown;
    }
    this.#numbers[this.#length++] = number;
  }

  /** Returns the pushed numbers, without spare capacity. */
  finish(): Numbers {
    const numbers = new this.#type(this.#length);
    numbers.set(this.#numbers.subarray(0, this.#length));
    return numbers;
  }
}

function must<Item>(item: Item | undefined): Item {
  if (item === undefined) throw new RangeError("there is no such entry");
  return item;
}
