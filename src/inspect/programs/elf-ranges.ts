import { type ElfHeader, type ElfTable, type Segment, segmentTypes } from "./elf-header.ts";
import { maxKept, type Range } from "./kept-ranges.ts";

/**
 * Maximum bytes to keep of a segment. Tables take 7.5 MiB in Debian's node, which exports all of V8's
 * symbols.
 */
const segmentLimit = 8 * 1024 ** 2;
/** Files and segments up to this size, in bytes, are not worth saving memory for. */
const small = 1024 ** 2;
/** PATH_MAX, the limit of Linux for PT_INTERP. */
export const interpreterLimit = 4096;
export const dynamicLimit = 1024 ** 2;

/** Program headers usually end before this offset. If they end later, a tool has moved them. */
const usualHeaders = 128 * 1024;
/**
 * Bytes to keep before moved program headers: patchelf and BOLT leave at most this much between the dynamic
 * section and what they append.
 */
const beforeHeaders = 3 * 1024 ** 2;

/** PT_LOAD segments of one file; linkers write at most a dozen. */
export const loadLimit = 64;

/** Section headers at the beginning of the file, as Go's linker writes them, end before this offset. */
const earlySections = 16 * 1024;

export function hasEarlySections({ sectionHeaders }: ElfHeader): boolean {
  return sectionHeaders.offset > 0 && endOf(sectionHeaders) <= earlySections;
}

/** Returns the offset after both the program headers and early section headers. */
export function headersEnd(header: ElfHeader): number {
  return Math.max(endOf(header.programHeaders), hasEarlySections(header) ? endOf(header.sectionHeaders) : 0);
}

/**
 * Returns the ranges to keep until the program headers are read. Usually, these follow the ELF header.
 * patchelf and BOLT move them to the end, beside the tables that they move. Then the tables are either at the
 * beginning, where the linker put them, or near the program headers.
 */
export function rangesUntilHeaders(
  header: ElfHeader,
  file: { readonly size: number; readonly passed: number; readonly kept: number },
): readonly Range[] {
  const end = headersEnd(header);
  const isUsual = end <= usualHeaders;
  const near = { start: isUsual ? 0 : header.programHeaders.offset - beforeHeaders, end };
  const begin = { start: 0, end: Math.min(end, segmentLimit) };
  return take([near, begin], roomIn(file));
}

/**
 * Returns the ranges that may contain the interpreter's name, the dynamic section, its strings and versions.
 * The dynamic section has their addresses, but linkers put it after them. So this keeps the places that
 * common linkers and tools use, and almost no code.
 * @param sections the tables by section headers at the beginning, as Go's linker writes them; else empty
 */
export function rangesOfTables(
  header: ElfHeader,
  segments: readonly Segment[],
  sections: readonly { readonly offset: number; readonly size: number }[],
  file: {
    readonly size: number;
    readonly passed: number;
    readonly kept: number;
    /** whether to keep its constants, too */
    readonly isLoader: boolean;
  },
): readonly Range[] {
  const loads = loadsOf(segments);
  const room = roomIn(file);
  const interpreter = segments.find(({ type }) => type === segmentTypes.interpreter);
  const names = interpreter === undefined ? [] : [rangeOf(interpreter, interpreterLimit)];
  const dynamic = dynamicOf(segments);
  if (dynamic === null) return take(names, room);
  const table = { offset: offsetOf(loads, dynamic.address) ?? 0, size: dynamic.size };
  const first = [...names, rangeOf(table, dynamicLimit)];
  if (file.isLoader) return take([...first, ...loads.map((load) => rangeOf(load, segmentLimit))], room);
  const named = sections.map((section) => rangeOf(section, segmentLimit));
  // Linkers go by sections, and loaders by segments. A small file has room for both.
  const isSaid = sections.length > 0 && file.size > small;
  return take([...first, ...named, ...(isSaid ? [] : rangesOfSegments(loads, header.entry))], room);
}

/**
 * ld, lld, gold and mold put the tables after the headers, in the first segment. If that also contains code,
 * the tables may be with the constants, as with Go's linker. Tools that rewrite programs append them in new
 * segments after the data.
 */
function rangesOfSegments(loads: readonly Segment[], entry: number): readonly Range[] {
  const [head, ...others] = loads.toSorted((a, b) => a.offset - b.offset);
  if (head === undefined) return [];
  const data = others.findIndex(({ isWritable }) => isWritable);
  const constants = head.isExecutable ? others.filter(({ isWritable }) => !isWritable) : [];
  const appended = data < 0 ? [] : others.slice(data + 1);
  const plain = [...appended, ...constants].filter(({ isExecutable }) => !isExecutable);
  return [beforeCode(head, entry), ...plain.map((load) => rangeOf(load, segmentLimit))];
}

export function loadsOf(segments: readonly Segment[]): readonly Segment[] {
  return segments.filter(({ type }) => type === segmentTypes.load);
}

/** Returns the dynamic section. The last of several counts, as in glibc (elf/dl-load.c). */
export function dynamicOf(segments: readonly Segment[]): Segment | null {
  return segments.findLast(({ type }) => type === segmentTypes.dynamic) ?? null;
}

/**
 * Returns the file offset of an address, or null. If segments overlap, the last is mapped over the others.
 */
export function offsetOf(loads: readonly Segment[], address: number): number | null {
  // A plain loop: a library has hundreds of addresses.
  for (let index = loads.length - 1; index >= 0; index--) {
    const load = loads[index];
    if (load !== undefined && address >= load.address && address < load.address + load.size)
      return load.offset + (address - load.address);
  }
  return null;
}

/** What can still be kept. */
interface Room {
  /** maximum bytes */
  readonly limit: number;
  /** bytes of the file */
  readonly size: number;
  /** bytes that have passed and are lost */
  readonly passed: number;
}

function roomIn({ size, passed, kept }: { size: number; passed: number; kept: number }): Room {
  return { limit: maxKept - kept, size, passed };
}

function rangeOf({ offset, size }: { readonly offset: number; readonly size: number }, limit: number): Range {
  return { start: offset, end: offset + Math.min(size, limit) };
}

function endOf({ offset, entrySize, count }: ElfTable): number {
  return offset + entrySize * count;
}

/**
 * Returns the part before the code of a first segment that contains much code, as without `-z separate-code`.
 */
function beforeCode(load: Segment, entry: number): Range {
  const { start, end } = rangeOf(load, segmentLimit);
  const hasMuch = load.isExecutable && load.size > small && entry > load.address;
  return { start, end: hasMuch ? Math.min(end, start + entry - load.address) : end };
}

/** Returns the ranges that fit into the limit, earlier ones first, joined and in the file's order. */
export function take(ranges: readonly Range[], { limit, size, passed }: Room): readonly Range[] {
  const left = ranges.map(({ start, end }) => ({ start: Math.max(start, passed), end: Math.min(end, size) }));
  const all = join(left);
  if (totalOf(all) <= limit) return all;
  let taken: readonly Range[] = [];
  for (const { start, end } of left) {
    const excess = Math.max(0, totalOf(join([...taken, { start, end }])) - limit);
    const joined = join([...taken, { start, end: end - excess }]);
    if (totalOf(joined) <= limit) taken = joined;
  }
  return taken;
}

function join(ranges: readonly Range[]): readonly Range[] {
  const joined: Range[] = [];
  for (const range of ranges.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start)) {
    const last = joined.at(-1);
    if (last === undefined || range.start > last.end) joined.push(range);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
  }
  return joined;
}

function totalOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, { start, end }) => sum + end - start, 0);
}
