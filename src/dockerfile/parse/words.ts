import { isBlank } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";

/** Splits the arguments of ARG, ENV and LABEL at blanks; quotes and escapes count, and stay for the expansion. */
export function splitWords(text: string, escapeToken: EscapeToken): readonly string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (quote === null && isBlank(character)) {
      if (word !== null) words.push(word);
      word = null;
      continue;
    }
    word ??= "";
    if (character === escapeToken && quote !== "'") {
      // at the very end it is dropped, and may leave no word at all
      if (at + 1 === text.length) break;
      word += character + text.charAt(++at);
      continue;
    }
    if (quote === null && (character === "'" || character === '"')) quote = character;
    else if (character === quote) quote = null;
    word += character;
  }
  if (word !== null && word !== "") words.push(word);
  return words;
}
