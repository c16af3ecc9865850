import type { EscapeToken } from "./directives.ts";
import { lex } from "./lexer.ts";
import { quote, refuse } from "./refuse.ts";

export interface ExpandOptions {
  readonly escapeToken: EscapeToken;
  /** 1-based line of the word, for messages */
  readonly line: number;
}

/**
 * Expands one word of a Dockerfile as BuildKit does: quotes and escapes go, `$V`, `${V}` and `${V:-word}`, `${V+word}`,
 * `${V?word}`, `${V#pattern}`, `${V%pattern}`, `${V/pattern/text}` and their kin are replaced, nested where need be.
 * @throws Failure `dockerfile-invalid` where BuildKit refuses the word
 */
export function expandWord(
  word: string,
  variables: ReadonlyMap<string, string>,
  options: ExpandOptions,
): string {
  const fail = (what: string) => refuse(options.line, `${quote(word)} cannot be expanded, ${what}`);
  return lex(word, variables, { escapeToken: options.escapeToken }, fail).text;
}
