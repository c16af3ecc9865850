import { closest } from "fastest-levenshtein";
import { Failure } from "../failure.ts";
import type { SettingType } from "./setting.ts";

/** A rule's level, one of some words. They are given from the strictest to the loosest. */
export function levels<const Level extends string>(words: readonly Level[]): SettingType<Level> {
  return {
    parse: oneOf(words),
    isAsStrictAs: (level, other) => words.indexOf(level) <= words.indexOf(other),
    schema: { enum: words },
  };
}

/** A maximum number of things. */
export const maxCount: SettingType<number> = {
  parse: parseCount,
  isAsStrictAs: (count, other) => count <= other,
  schema: { type: "integer", minimum: 0 },
};

/** A minimum number of things. */
export const minCount: SettingType<number> = {
  ...maxCount,
  isAsStrictAs: (count, other) => count >= other,
};

function parseCount(text: string, input: string): number {
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
