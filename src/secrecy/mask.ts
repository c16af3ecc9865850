import { formsOf, shortestForm } from "./forms.ts";
import { isPlain } from "./plain.ts";
import { mergedRanges, type Range, type Search, searchFor } from "./search.ts";
import { visibleLine } from "./visible.ts";

/** What no report may show. */
export interface Confidential {
  readonly value: Buffer;
  /** a build argument has its place in reports where we know it for something else, such as the head's commit */
  readonly kind: "secret" | "build argument";
}

/** Hides values in texts. */
export interface Mask {
  /** whether a secret is too short to be searched for: what may show it is then withheld as a whole */
  readonly withholds: boolean;
  /** hides them in what a stranger wrote, also where they show only once what cannot be seen is gone, and halves at a cut */
  text(text: string): string;
  /** hides them in bytes that come in pieces */
  stream(): MaskedStream;
}

/** Bytes with every value hidden, however they are cut into pieces. */
export interface MaskedStream {
  /** what is certain by now: a value that may be about to begin is held back */
  write(piece: Buffer): Buffer;
  end(): Buffer;
}

/** What stands where a value stood, as in the runner's own log. */
const stars = Buffer.from("***");

/** For all that strangers wrote: output of builds, messages, names, paths. */
export function maskOf(confidential: readonly Confidential[]): Mask {
  const values = confidential.filter(({ value }) => value.toString("utf8").trim() !== "");
  const tooShort = values.filter(({ value }) => value.toString("utf8").trim().length < shortestForm);
  const search = searchFor(values.flatMap(({ value }) => formsOf(value)));
  return {
    withholds: tooShort.some(({ kind }) => kind === "secret"),
    text: (text) => (search.longest === 0 ? text : maskedText(text, search)),
    stream: () => maskedStream(search),
  };
}

/**
 * For the last search, over our own words as well: of secrets alone, and without values that could be our own words.
 * They are masked where strangers wrote.
 */
export function lastMaskOf(confidential: readonly Confidential[]): Mask {
  const secrets = confidential.filter(({ kind }) => kind === "secret");
  const forms = secrets
    .flatMap(({ value }) => formsOf(value))
    .filter((form) => form.length >= 8 && !isPlain(form.toString("utf8")));
  const search = searchFor(forms);
  return {
    withholds: false,
    text: (text) => (search.longest > 0 && search.mayBeIn(text) ? replaced(text, search.find) : text),
    stream: () => maskedStream(search),
  };
}

function maskedText(text: string, search: Search): string {
  const hasUnseen = unseen.test(text);
  if (!hasUnseen && !search.mayBeIn(text)) return text;
  const parts = cut.test(text)
    ? replaced(text, search.find)
        .split(cut)
        .map((part) => replaced(part, search.findWithParts))
        .join("")
    : replaced(text, search.findWithParts);
  const visible = hasUnseen ? visibleLine(parts) : parts;
  const masked = visible === parts ? parts : replaced(visible, search.findWithParts);
  return masked === visible ? parts : masked;
}

/** Where a text was cut, by us or by others. */
const cut = /(…|\[output clipped[^\]]*\]|\r?\n)/;
const unseen = /[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/u;

function replaced(text: string, find: (bytes: Buffer) => readonly Range[]): string {
  const bytes = Buffer.from(text);
  const ranges = find(bytes);
  return ranges.length === 0 ? text : withStars(bytes, ranges).toString("utf8");
}

function withStars(bytes: Buffer, ranges: readonly Range[]): Buffer {
  const pieces = ranges.flatMap(({ start }, index) => [
    bytes.subarray(ranges[index - 1]?.end ?? 0, start),
    stars,
  ]);
  return Buffer.concat([...pieces, bytes.subarray(ranges.at(-1)?.end ?? 0)]);
}

function maskedStream(search: Search): MaskedStream {
  if (search.longest === 0) return { write: (piece) => piece, end: () => Buffer.alloc(0) };
  let held = Buffer.alloc(0);
  /** how many of the bytes held back are hidden already, behind stars that were written */
  let hidden = 0;

  function release(bytes: Buffer, end: number, found: readonly Range[]): Buffer {
    held = Buffer.from(bytes.subarray(end));
    if (end === 0) return Buffer.alloc(0);
    const begun = mergedRanges([{ start: 0, end: hidden }, ...found]).filter(({ start }) => start < end);
    const masked = withStars(
      bytes.subarray(0, end),
      begun.map((range) => ({ start: range.start, end: Math.min(range.end, end) })),
    );
    const isWritten = hidden > 0;
    hidden = Math.max(0, (begun.at(-1)?.end ?? 0) - end);
    return isWritten ? masked.subarray(stars.length) : masked;
  }

  return {
    write(piece) {
      const bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
      return release(bytes, search.beginOfUnfinished(bytes), search.find(bytes));
    },
    end: () => release(held, held.length, search.findWithParts(held)),
  };
}
