import { isBlank } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";

/** Splits the arguments of ARG, ENV and LABEL at unquoted blanks. Keeps quotes and escapes. */
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
      // At the very end it is dropped, which may leave no word at all.
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
