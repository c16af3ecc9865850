/** From the first byte up to, and not including, the last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds any of many byte sequences. */
export interface Search {
  /** bytes of the longest sequence; 0 = there is none */
  readonly longest: number;
  /** false: neither a sequence nor a part of one is in this text, told faster than by a search */
  mayBeIn(text: string): boolean;
  /** where they stand, in order; what overlaps or touches is one range */
  find(bytes: Buffer): readonly Range[];
  /** the same, and what of them is left where a text was cut: an end of one that begins it, a beginning that ends it */
  findWithParts(bytes: Buffer): readonly Range[];
  /** where the first sequence begins that may go on in bytes to come; the length where there is none */
  beginOfUnfinished(bytes: Buffer): number;
}

/** @param forms each of at least two bytes */
export function searchFor(forms: readonly Buffer[]): Search {
  const forwards = orderedForms(forms);
  const backwards = orderedForms(forms.map(reversed));
  const longest = Math.max(0, ...[...new Set(forms.map(({ length }) => length))]);

  function find(bytes: Buffer): Range[] {
    const found: Range[] = [];
    for (let start = 0; start < bytes.length; start++) {
      const length = forwards.longestAt(bytes, start);
      if (length > 0) found.push({ start, end: start + length });
    }
    return found;
  }

  /** Where the longest part begins that a sequence was cut to by the end of these bytes; their length where there is none. */
  function beginOfPart(
    bytes: Buffer,
    ordered: OrderedForms,
    isPart: (part: number, whole: number) => boolean,
  ) {
    for (let start = Math.max(0, bytes.length - longest + 1); start < bytes.length; start++) {
      if (ordered.isBegunAt(bytes, start, isPart)) return start;
    }
    return bytes.length;
  }

  const ends = anyEnd(forms);
  return {
    longest,
    mayBeIn: (text) => ends === null || ends.test(text),
    find: (bytes) => mergedRanges(find(bytes)),
    findWithParts(bytes) {
      const mirrored = reversed(bytes.subarray(0, longest));
      const end = mirrored.length - beginOfPart(mirrored, backwards, isTelling);
      const start = beginOfPart(bytes, forwards, isTelling);
      return mergedRanges([{ start: 0, end }, ...find(bytes), { start, end: bytes.length }]);
    },
    beginOfUnfinished: (bytes) => beginOfPart(bytes, forwards, () => true),
  };
}

/** Half of a short one, and no more than eight bytes: fewer stand by chance. */
function isTelling(part: number, whole: number): boolean {
  return part >= Math.min(8, Math.max(4, Math.ceil(whole / 2)));
}

/** What stands wherever a form, or a part of one, stands: its first or its last four characters. Null = too many to be fast. */
function anyEnd(forms: readonly Buffer[]): RegExp | null {
  const ends = new Set(
    forms.flatMap((form) => [form.subarray(0, 4), form.subarray(-4)].map((end) => end.toString("latin1"))),
  );
  const isAscii = [...ends].every((end) => Buffer.byteLength(end) === end.length);
  if (!isAscii || ends.size > mostEnds) return null;
  return new RegExp([...ends].map((end) => end.replace(/[$()*+./?[\\\]^{|}-]/g, "\\$&")).join("|"));
}

const mostEnds = 200;

interface OrderedForms {
  /** bytes of the longest form that stands there; 0 = none */
  longestAt(bytes: Buffer, start: number): number;
  /** whether the bytes from there on are the beginning of a longer form */
  isBegunAt(bytes: Buffer, start: number, isPart: (part: number, whole: number) => boolean): boolean;
}

/**
 * In the order of their bytes a form stands right before what begins with it, so that the one to be found is the last
 * that is not after the text, or a beginning of that one.
 */
function orderedForms(forms: readonly Buffer[]): OrderedForms {
  const sorted = forms
    .toSorted(Buffer.compare)
    .filter((form, index, all) => index === 0 || !form.equals(all[index - 1] ?? form));
  const beginnings = beginningsAmong(sorted);
  const firstTwo = new Uint8Array(0x10000);
  const first = new Uint8Array(0x100);
  for (const form of sorted) {
    firstTwo[form.readUInt16BE(0)] = 1;
    first[form[0] ?? 0] = 1;
  }

  function mayStandAt(bytes: Buffer, start: number): boolean {
    const [one = 0, two] = [bytes[start], bytes[start + 1]];
    return (two === undefined ? first[one] : firstTwo[(one << 8) | two]) === 1;
  }

  /** How many forms are not after the text that starts there. */
  function countUpTo(bytes: Buffer, start: number): number {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareAt(bytes, start, sorted[middle]) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  return {
    longestAt(bytes, start) {
      if (!mayStandAt(bytes, start)) return 0;
      let index = countUpTo(bytes, start) - 1;
      while (index >= 0 && compareAt(bytes, start, sorted[index]) !== 0) index = beginnings[index] ?? -1;
      return sorted[index]?.length ?? 0;
    },
    isBegunAt(bytes, start, isPart) {
      if (!mayStandAt(bytes, start)) return false;
      const part = bytes.subarray(start);
      for (let index = countUpTo(bytes, start); index < sorted.length; index++) {
        const form = sorted[index];
        if (form === undefined || !form.subarray(0, part.length).equals(part)) return false;
        if (isPart(part.length, form.length)) return true;
      }
      return false;
    },
  };
}

/** Of each form the longest other that it begins with, by index; -1 = none. */
function beginningsAmong(sorted: readonly Buffer[]): readonly number[] {
  const open: number[] = [];
  return sorted.map((form, index) => {
    while (open.length > 0 && compareAt(form, 0, sorted[open.at(-1) ?? 0]) !== 0) open.pop();
    const beginning = open.at(-1) ?? -1;
    open.push(index);
    return beginning;
  });
}

/** 0 where the form stands there. */
function compareAt(bytes: Buffer, start: number, form: Buffer = Buffer.alloc(0)): number {
  return bytes.compare(form, 0, form.length, start, Math.min(start + form.length, bytes.length));
}

function reversed(bytes: Buffer): Buffer {
  return Buffer.from(bytes).reverse();
}

/** Ordered, and one where they overlap or touch; empty ones left out. */
export function mergedRanges(ranges: readonly Range[]): readonly Range[] {
  const result: Range[] = [];
  const filled = ranges.filter(({ start, end }) => end > start);
  for (const range of filled.toSorted((a, b) => a.start - b.start)) {
    const before = result.at(-1);
    if (before === undefined || range.start > before.end) result.push(range);
    else if (range.end > before.end) result[result.length - 1] = { start: before.start, end: range.end };
  }
  return result;
}
