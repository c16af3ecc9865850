import * as v from "valibot";
import { type Digest, isDigest } from "./digest.ts";
import type { EntryType, LayerEntry, LayerReading } from "./layer-reading.ts";
import { limits } from "./limits.ts";

/** A reading, and the blob as stored that it was made from: a layer can have several, one for each compression. */
export interface StoredReading {
  readonly reading: LayerReading;
  /** `size` in bytes */
  readonly blob: { readonly digest: Digest; readonly size: number };
}

/**
 * A reading turned on its side: what is alike stands together, which packs smaller than a list of entries and is parsed in
 * a fraction of the time. What only few entries have stands beside the index of its entry.
 */
export type ReadingColumns = v.InferOutput<typeof columns>;

/** The reading's columns, to be written as JSON. */
export function toColumns({ reading, blob }: StoredReading): ReadingColumns {
  const { entries, anomalies, ...scalars } = reading;
  return {
    ...scalars,
    blob: [blob.digest, blob.size],
    path: entries.map(({ path }) => path),
    type: entries.map(({ type }) => type),
    mode: entries.map(({ mode }) => mode),
    uid: entries.map(({ uid }) => uid),
    gid: entries.map(({ gid }) => gid),
    entrySize: entries.map(({ size }) => size),
    modified: entries.map(({ modified }) => modified),
    linkTarget: withIndex(entries, ({ linkTarget }) => linkTarget),
    device: withIndex(entries, ({ device }) => device),
    xattrs: withIndex(entries, ({ xattrs }) => xattrs),
    content: withIndex(entries, ({ content }) => content),
    anomalies: anomalies.map(({ kind, path }) => [kind, path]),
  };
}

/**
 * The reading of columns that were read back.
 * @throws v.ValiError for anything that `toColumns` does not make
 */
export function fromColumns(value: unknown): StoredReading {
  const { blob, anomalies, path, type, mode, uid, gid, entrySize, modified, ...rest } = v.parse(
    columns,
    value,
  );
  const { linkTarget, device, xattrs, content, ...scalars } = rest;
  const entries = path.map(
    (path, index): Entry => ({
      path,
      type: at(type, index),
      mode: at(mode, index),
      uid: at(uid, index),
      gid: at(gid, index),
      size: at(entrySize, index),
      modified: at(modified, index),
    }),
  );
  for (const [index, target] of linkTarget) at(entries, index).linkTarget = target;
  for (const [index, numbers] of device) at(entries, index).device = numbers;
  for (const [index, names] of xattrs) at(entries, index).xattrs = names;
  for (const [index, found] of content) at(entries, index).content = found;
  return {
    reading: { ...scalars, entries, anomalies: anomalies.map(([kind, path]) => ({ kind, path })) },
    blob: { digest: blob[0], size: blob[1] },
  };
}

function withIndex<Item>(entries: readonly LayerEntry[], pick: (entry: LayerEntry) => Item | undefined) {
  const found: [index: number, item: Item][] = [];
  for (const [index, entry] of entries.entries()) {
    const item = pick(entry);
    if (item !== undefined) found.push([index, item]);
  }
  return found;
}

type Entry = { -readonly [Key in keyof LayerEntry]: LayerEntry[Key] };

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

const isInteger = (value: unknown): value is number => Number.isInteger(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isType = (value: unknown): value is EntryType => isText(value) && Object.hasOwn(entryTypes, value);

/** One value for each entry. Checked by hand: a schema for each of millions of values takes seconds. */
function dense<Item>(isItem: (value: unknown) => value is Item) {
  return v.custom<readonly Item[]>(
    (value) => Array.isArray(value) && value.length <= limits.members && value.every(isItem),
  );
}

function sparse<Item extends v.GenericSchema>(item: Item) {
  return v.array(v.strictTuple([amount, item]));
}

const amount = v.pipe(v.number(), v.integer(), v.minValue(0));
const integer = v.pipe(v.number(), v.integer());
const digest = v.custom<Digest>(isDigest);

const names = v.pipe(v.array(v.string()), v.readonly());

const columns = v.pipe(
  v.strictObject({
    diffId: digest,
    size: amount,
    tarSize: amount,
    gzipSize: v.exactOptional(amount),
    blob: v.strictTuple([digest, amount]),
    path: dense(isText),
    type: dense(isType),
    mode: dense(isInteger),
    uid: dense(isInteger),
    gid: dense(isInteger),
    entrySize: dense(isInteger),
    modified: dense(isInteger),
    linkTarget: sparse(v.string()),
    device: sparse(v.pipe(v.strictTuple([integer, integer]), v.readonly())),
    xattrs: sparse(names),
    content: sparse(
      v.strictObject({
        format: v.picklist(["elf", "script", "other"]),
        interpreter: v.exactOptional(v.string()),
        markers: v.exactOptional(names),
        text: v.exactOptional(v.string()),
      }),
    ),
    anomalies: v.array(
      v.strictTuple([
        v.picklist([
          "duplicate-path",
          "path-outside-root",
          "whiteout-with-replacement",
          "unknown-pax-record",
        ]),
        v.string(),
      ]),
    ),
  }),
  v.check(({ path, type, mode, uid, gid, entrySize, modified }) =>
    [type, mode, uid, gid, entrySize, modified].every(({ length }) => length === path.length),
  ),
);

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new RangeError("a column is shorter than the index that is asked for");
  return item;
}
