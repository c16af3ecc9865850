import { closest } from "fastest-levenshtein";
import type { Example } from "./example.ts";
import { examples } from "./examples.ts";

/** What the demo is asked for. */
export interface Choice {
  readonly example: Example;
  /** writes the README's pictures to docs/ as well */
  readonly keepsPictures: boolean;
}

const keepPictures = "--keep-pictures";

/**
 * Reads the demo's arguments: an example by its language or its name, or else the first one.
 * @returns a sentence if they are wrong
 */
export function readChoice(args: readonly string[]): Choice | string {
  const words = args.filter((word) => word !== keepPictures);
  const flag = words.find((word) => word.startsWith("-"));
  if (flag !== undefined) return `The demo has no flag "${flag}", only ${keepPictures}.`;
  if (words.length > 1) return `The demo shows one example at a time, not "${words.join(" ")}".`;
  const [word = examples[0].language] = words;
  const example = examples.find(({ language, name }) => [language, name].includes(word.toLowerCase()));
  return example === undefined ? noExample(word) : { example, keepsPictures: args.length > words.length };
}

function noExample(word: string): string {
  const names = examples.flatMap(({ language, name }) => [language, name]);
  const all = examples.map(({ language, name }) => `${language} (${name})`).join(", ");
  return `There is no example "${word}", only ${all}: did you mean ${closest(word.toLowerCase(), names)}?`;
}
