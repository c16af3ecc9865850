import { closest } from "fastest-levenshtein";
import { Failure } from "../failure.ts";

/** Reads a whole number. @throws Failure `input-invalid` */
export function parseCount(text: string, input: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Failure(
    "input-invalid",
    `${input} is "${text}", which is not a count: write a whole number such as 20.`,
  );
}

/**
 * Returns a parser for one of several words. Case does not matter, as in YAML's `True`. The parser throws
 * Failure `input-invalid`, which names the word that was probably meant.
 */
export function oneOf<const Word extends string>(
  words: readonly Word[],
): (text: string, input: string) => Word {
  return (text, input) => {
    const word = words.find((candidate) => candidate === text.toLowerCase());
    if (word !== undefined) return word;
    throw new Failure(
      "input-invalid",
      `${input} is "${text}": did you mean "${closest(text, words)}"? It takes ${words.join(", ")}.`,
    );
  };
}
