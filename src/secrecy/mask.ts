import { formsOf, shortestForm } from "./forms.ts";
import { isPlain } from "./plain.ts";
import { mergedRanges, type Range, type Search, searchFor } from "./search.ts";
import { visibleLine } from "./visible.ts";

/** A value that no report may show. */
export interface Confidential {
  readonly value: Buffer;
  /** reports may show a build argument that we also know as something else, such as the head's commit */
  readonly kind: "secret" | "build argument";
}

/** Masks values in texts. */
export interface Mask {
  /** whether a secret is too short to search for; output that may contain it must then be withheld */
  readonly withholds: boolean;
  /** Masks values in untrusted text, also if they are split by invisible characters or truncated at a cut. */
  text(text: string): string;
  /** Masks values in a stream of bytes. */
  stream(): MaskedStream;
}

/** Masks a stream of bytes, however it is cut into pieces. */
export interface MaskedStream {
  /** Returns the bytes that are certain. Holds back the possible start of a value. */
  write(piece: Buffer): Buffer;
  end(): Buffer;
}

/** The replacement of a value, as in the runner's own log. */
const stars = Buffer.from("***");

/** Returns a mask for all untrusted text: build output, messages, names and paths. */
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
 * Returns a mask for the final pass, which also covers our own text. It masks only secrets, and no values
 * that could be words of our own text. Those are masked in untrusted text.
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
  const hasInvisible = invisible.test(text);
  if (!hasInvisible && !search.mayBeIn(text)) return text;
  const parts = cut.test(text)
    ? replaced(text, search.find)
        .split(cut)
        .map((part) => replaced(part, search.findWithParts))
        .join("")
    : replaced(text, search.findWithParts);
  const visible = hasInvisible ? visibleLine(parts) : parts;
  const masked = visible === parts ? parts : replaced(visible, search.findWithParts);
  return masked === visible ? parts : masked;
}

/** The marks of a cut, by us or by others. */
const cut = /(…|\[output clipped[^\]]*\]|\r?\n)/;
const invisible = /[^\P{C}\n]|\p{Default_Ignorable_Code_Point}/u;

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
  /** how many of the held bytes are already masked by stars that were written */
  let maskedCount = 0;

  function release(bytes: Buffer, end: number, found: readonly Range[]): Buffer {
    held = Buffer.from(bytes.subarray(end));
    if (end === 0) return Buffer.alloc(0);
    const started = mergedRanges([{ start: 0, end: maskedCount }, ...found]).filter(
      ({ start }) => start < end,
    );
    const masked = withStars(
      bytes.subarray(0, end),
      started.map((range) => ({ start: range.start, end: Math.min(range.end, end) })),
    );
    const isWritten = maskedCount > 0;
    maskedCount = Math.max(0, (started.at(-1)?.end ?? 0) - end);
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
