import type { Limit } from "./limit.ts";

/**
 * A sentence as data: it is written once, and each output formats its values and escapes untrusted text in
 * its own way (report/text/sentence.ts). A plain string is always ours.
 */
export type Sentence = readonly Part[];

export type Part =
  | string
  /** an untrusted name, path or instruction, or something to type */
  | { readonly code: string }
  /** a message that may quote untrusted text */
  | { readonly words: string }
  /** a size in bytes; with `unlike`, in enough digits to differ from that size */
  | { readonly bytes: number; readonly unlike?: number }
  /** a difference in bytes; the sign is always shown */
  | { readonly change: number }
  | { readonly limit: Limit };

type Value = string | number | Exclude<Part, string> | Sentence;

/** Template tag for a sentence. Only the template's own text is ours: interpolated strings are `code`. */
export function say(texts: TemplateStringsArray, ...values: readonly Value[]): Sentence {
  return texts.flatMap((text, index) => {
    const value = values[index];
    const own: Sentence = text === "" ? [] : [text];
    return value === undefined ? own : [...own, ...partsOf(value)];
  });
}

/** Joins sentences: `a`, `a and b`, `a, b and c`. */
export function listed(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((sentence, index) => {
    if (index === 0) return sentence;
    return [index === sentences.length - 1 ? " and " : ", ", ...sentence];
  });
}

/**
 * Joins the first of many things: all of them up to a number, else one fewer and `12 more`.
 * @param max things to name at most, the count of the rest included
 */
export function firstListed<Item>(
  items: readonly Item[],
  max: number,
  nameOf: (item: Item) => Sentence,
): Sentence {
  const shown = items.length > max ? max - 1 : items.length;
  const rest = items.length - shown;
  return listed([...items.slice(0, shown).map(nameOf), ...(rest > 0 ? [say`${rest} more`] : [])]);
}

function partsOf(value: Value): Sentence {
  if (typeof value === "string") return [{ code: value }];
  if (typeof value === "number") return [String(value)];
  return isSentence(value) ? value : [value];
}

function isSentence(value: Exclude<Value, string | number>): value is Sentence {
  return Array.isArray(value);
}
