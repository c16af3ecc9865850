import type { Limit } from "./limit.ts";

/**
 * A sentence as data, so that it has one place, and each surface writes its values and what strangers wrote in its own
 * way: report/sentence.ts. A plain string is always ours.
 */
export type Sentence = readonly Part[];

export type Part =
  | string
  /** a name, path or instruction that a stranger may have written, or something to type */
  | { readonly code: string }
  /** a message in words that may quote strangers */
  | { readonly words: string }
  /** a size; with `unlike`, in as many digits as tell it apart from that one */
  | { readonly bytes: number; readonly unlike?: number }
  /** a difference of sizes: the sign is always shown */
  | { readonly change: number }
  | { readonly limit: Limit };

type Value = string | number | Exclude<Part, string> | Sentence;

/** Template tag. Only the template's own text is ours: an interpolated string becomes `code`. */
export function say(texts: TemplateStringsArray, ...values: readonly Value[]): Sentence {
  return texts.flatMap((text, index) => {
    const value = values[index];
    const own: Sentence = text === "" ? [] : [text];
    return value === undefined ? own : [...own, ...partsOf(value)];
  });
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(sentences: readonly Sentence[]): Sentence {
  return sentences.flatMap((sentence, index) => {
    if (index === 0) return sentence;
    return [index === sentences.length - 1 ? " and " : ", ", ...sentence];
  });
}

function partsOf(value: Value): Sentence {
  if (typeof value === "string") return [{ code: value }];
  if (typeof value === "number") return [String(value)];
  return isSentence(value) ? value : [value];
}

function isSentence(value: Exclude<Value, string | number>): value is Sentence {
  return Array.isArray(value);
}
