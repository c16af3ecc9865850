/** A range of bytes, without the byte at `end`. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Finds any of many byte sequences. */
export interface Search {
  /** length of the longest sequence, in bytes; 0 if there is none */
  readonly longest: number;
  /** Returns false if the text contains no sequence or part of one. Faster than a search. */
  mayBeIn(text: string): boolean;
  /** Returns all matches, in order. Matches that overlap or touch form one range. */
  find(bytes: Buffer): readonly Range[];
  /** Like find, but also matches a suffix at the start of the bytes and a prefix at their end. */
  findWithParts(bytes: Buffer): readonly Range[];
  /** Returns the start of the first sequence that later bytes may complete, or else the length. */
  beginOfUnfinished(bytes: Buffer): number;
}

/**
 * Prepares a search for byte sequences.
 * @param forms each of at least two bytes
 */
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

  /** Returns the start of the longest sequence that the end of the bytes cuts off, or else their length. */
  function startOfPart(
    bytes: Buffer,
    ordered: OrderedForms,
    isPart: (part: number, whole: number) => boolean,
  ) {
    for (let start = Math.max(0, bytes.length - longest + 1); start < bytes.length; start++) {
      if (ordered.isPrefixAt(bytes, start, isPart)) return start;
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
      const end = mirrored.length - startOfPart(mirrored, backwards, isSignificant);
      const start = startOfPart(bytes, forwards, isSignificant);
      return mergedRanges([{ start: 0, end }, ...find(bytes), { start, end: bytes.length }]);
    },
    beginOfUnfinished: (bytes) => startOfPart(bytes, forwards, () => true),
  };
}

/** Reports whether a part is too long to occur by chance: half of a short sequence, at most eight bytes. */
function isSignificant(part: number, whole: number): boolean {
  return part >= Math.min(8, Math.max(4, Math.ceil(whole / 2)));
}

/** Matches the start or end of each form, which every part contains. Null if there are too many. */
function anyEnd(forms: readonly Buffer[]): RegExp | null {
  const ends = new Set(
    forms.flatMap((form) => [form.subarray(0, 4), form.subarray(-4)].map((end) => end.toString("latin1"))),
  );
  const isAscii = [...ends].every((end) => Buffer.byteLength(end) === end.length);
  if (!isAscii || ends.size > maxEnds) return null;
  return new RegExp([...ends].map((end) => end.replace(/[$()*+./?[\\\]^{|}-]/g, "\\$&")).join("|"));
}

const maxEnds = 200;

interface OrderedForms {
  /** Returns the length of the longest form at `start`, in bytes; 0 if there is none. */
  longestAt(bytes: Buffer, start: number): number;
  /** Reports whether the bytes from `start` are a prefix of a longer form. */
  isPrefixAt(bytes: Buffer, start: number, isPart: (part: number, whole: number) => boolean): boolean;
}

/**
 * Sorts forms by their bytes. A form is then directly before the forms that begin with it. The longest match
 * at a position is the last form that is not greater than the text, or a prefix of that form.
 */
function orderedForms(forms: readonly Buffer[]): OrderedForms {
  const sorted = forms
    .toSorted(Buffer.compare)
    .filter((form, index, all) => index === 0 || !form.equals(all[index - 1] ?? form));
  const prefixes = prefixesAmong(sorted);
  const firstTwo = new Uint8Array(0x10000);
  const first = new Uint8Array(0x100);
  for (const form of sorted) {
    firstTwo[form.readUInt16BE(0)] = 1;
    first[form[0] ?? 0] = 1;
  }

  function mayMatchAt(bytes: Buffer, start: number): boolean {
    const [byte = 0, next] = [bytes[start], bytes[start + 1]];
    return (next === undefined ? first[byte] : firstTwo[(byte << 8) | next]) === 1;
  }

  /** Returns the number of forms that are not greater than the text from `start`. */
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
      if (!mayMatchAt(bytes, start)) return 0;
      let index = countUpTo(bytes, start) - 1;
      while (index >= 0 && compareAt(bytes, start, sorted[index]) !== 0) index = prefixes[index] ?? -1;
      return sorted[index]?.length ?? 0;
    },
    isPrefixAt(bytes, start, isPart) {
      if (!mayMatchAt(bytes, start)) return false;
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

/** Returns, for each form, the index of the longest other form that is its prefix; -1 if there is none. */
function prefixesAmong(sorted: readonly Buffer[]): readonly number[] {
  const open: number[] = [];
  return sorted.map((form, index) => {
    while (open.length > 0 && compareAt(form, 0, sorted[open.at(-1) ?? 0]) !== 0) open.pop();
    const prefix = open.at(-1) ?? -1;
    open.push(index);
    return prefix;
  });
}

/** Compares the text from `start` with a form. Returns 0 if the form is there. */
function compareAt(bytes: Buffer, start: number, form: Buffer = Buffer.alloc(0)): number {
  return bytes.compare(form, 0, form.length, start, Math.min(start + form.length, bytes.length));
}

function reversed(bytes: Buffer): Buffer {
  return Buffer.from(bytes).reverse();
}

/** Sorts ranges, merges those that overlap or touch, and drops empty ones. */
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
