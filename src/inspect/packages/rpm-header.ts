import type { Buffer } from "node:buffer";
import type { PackageRecord } from "../../image/layer/content.ts";

/** Tags of a header, and types of their values (rpm, docs/manual/tags.md and format_header.md). */
const tags = {
  name: 1000,
  version: 1001,
  release: 1002,
  epoch: 1003,
  size: 1009,
  arch: 1022,
  longSize: 5009,
};
const types = { int32: 4, int64: 5, string: 6 };

/** Bytes of the two counts at the beginning, and of an index entry. */
const introSize = 8;
const entrySize = 16;

/**
 * Reads the header that rpm's database has for a package. The version is `[epoch:]version-release`.
 * @throws RangeError if it is damaged, or lacks a name, a version or a release
 */
export function readRpmHeader(header: Buffer): PackageRecord {
  const texts = new Map<number, string>();
  const numbers = new Map<number, number>();
  const entries = header.readUInt32BE(0);
  const data = introSize + entries * entrySize;
  if (data > header.length) throw new RangeError("the index is cut off");
  for (let at = introSize; at < data; at += entrySize) {
    const tag = header.readUInt32BE(at);
    if (!wanted.has(tag)) continue;
    const type = header.readUInt32BE(at + 4);
    const offset = data + header.readUInt32BE(at + 8);
    if (type === types.string) texts.set(tag, textAt(header, offset));
    else if (type === types.int32) numbers.set(tag, header.readUInt32BE(offset));
    else if (type === types.int64) numbers.set(tag, Number(header.readBigUInt64BE(offset)));
  }
  const [name, version, release, architecture] = [tags.name, tags.version, tags.release, tags.arch].map(
    (tag) => texts.get(tag),
  );
  if (name === undefined || version === undefined || release === undefined)
    throw new RangeError("a package has no name, version or release");
  const epoch = numbers.get(tags.epoch);
  const size = numbers.get(tags.longSize) ?? numbers.get(tags.size);
  return {
    name,
    version: `${epoch === undefined ? "" : `${epoch}:`}${version}-${release}`,
    ...(architecture === undefined ? {} : { architecture }),
    ...(size === undefined || !Number.isSafeInteger(size) ? {} : { size }),
  };
}

const wanted: ReadonlySet<number> = new Set(Object.values(tags));

function textAt(header: Buffer, offset: number): string {
  const end = header.indexOf(0, offset);
  if (end < 0) throw new RangeError("a text has no end");
  return header.toString("latin1", offset, end);
}
