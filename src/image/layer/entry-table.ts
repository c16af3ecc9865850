import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import type { BytePath } from "../path.ts";
import type { LayerEntry } from "./entry.ts";

/** What many entries of a layer have in common. */
export type EntryAttributes = Omit<LayerEntry, "path" | "size" | "modified">;

/** Entries turned on their side. All columns but `paths` and `distinct` have one item for each entry. */
export interface EntryColumns {
  /** all paths, one right after the other */
  readonly paths: string;
  /** where an entry's path ends in `paths` */
  readonly ends: Uint32Array;
  /** bytes */
  readonly sizes: Float64Array;
  readonly modified: Float64Array;
  /** index into `distinct` */
  readonly attributes: Uint32Array;
  readonly distinct: readonly EntryAttributes[];
}

/**
 * The entries of a layer, in the order of its tar. As columns they take some 24 bytes each besides their paths, most of them
 * outside V8's heap, where a list of objects takes 200 for the garbage collector to look at again and again; and columns are
 * read back from a file as they lie there. An entry becomes an object when it is asked for.
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

  /** @throws RangeError where there is no such entry, as all of these do */
  pathAt(index: number): BytePath {
    return this.columns.paths.slice(this.#beginAt(index), must(this.columns.ends[index]));
  }

  /** Whether the path lies directly in the directory, told without taking it apart. The root lies in none. */
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

  modifiedAt(index: number): number {
    return must(this.columns.modified[index]);
  }

  at(index: number): LayerEntry {
    return {
      path: this.pathAt(index),
      ...this.attributesAt(index),
      size: this.sizeAt(index),
      modified: this.modifiedAt(index),
    };
  }

  *[Symbol.iterator](): Iterator<LayerEntry> {
    for (let index = 0; index < this.length; index++) yield this.at(index);
  }

  /** Where an entry's path begins in `paths`. */
  #beginAt(index: number): number {
    return index === 0 ? 0 : must(this.columns.ends[index - 1]);
  }
}

/** Takes entries one after the other. */
export class EntryTableBuilder {
  readonly #ends = new Column(Uint32Array);
  readonly #sizes = new Column(Float64Array);
  readonly #modified = new Column(Float64Array);
  readonly #attributes = new Column(Uint32Array);
  readonly #distinct = new Map<string, { readonly index: number; readonly attributes: EntryAttributes }>();
  readonly #paths: string[] = [];
  #pathLength = 0;

  /** @throws Failure limit-exceeded where all paths together are too long */
  add(entry: LayerEntry): void {
    const { path, size, modified } = entry;
    this.#pathLength += path.length;
    if (this.#pathLength > limits.paths)
      throw new Failure("limit-exceeded", "A layer has more text in its paths than any honest image has.");
    this.#paths.push(path);
    this.#ends.push(this.#pathLength);
    this.#sizes.push(size);
    this.#modified.push(modified);
    this.#attributes.push(this.#indexOf(entry));
  }

  finish(): EntryTable {
    return new EntryTable({
      paths: this.#paths.join(""),
      ends: this.#ends.finish(),
      sizes: this.#sizes.finish(),
      modified: this.#modified.finish(),
      attributes: this.#attributes.finish(),
      distinct: [...this.#distinct.values()].map(({ attributes }) => attributes),
    });
  }

  #indexOf(entry: LayerEntry): number {
    const key = keyOf(entry);
    const known = this.#distinct.get(key);
    if (known !== undefined) return known.index;
    const { path: _path, size: _size, modified: _modified, ...attributes } = entry;
    const index = this.#distinct.size;
    this.#distinct.set(key, { index, attributes });
    return index;
  }
}

/** Equal for equal attributes only. */
function keyOf({ type, mode, uid, gid, linkTarget, device, content }: EntryAttributes): string {
  const plain = `${type} ${mode} ${uid} ${gid}`;
  const isPlain = linkTarget === undefined && device === undefined && content === undefined;
  return isPlain ? plain : plain + JSON.stringify([linkTarget, device, content]);
}

/** An array of numbers that grows. */
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

  /** What was pushed, and no room for more. */
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
