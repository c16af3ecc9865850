import type { EscapeToken } from "./directives.ts";
import { lex } from "./lexer.ts";
import { quote, refuse } from "./refuse.ts";

export interface ExpandOptions {
  readonly escapeToken: EscapeToken;
  /** 1-based line of the word, for messages */
  readonly line: number;
}

/**
 * Expands one word of a Dockerfile as BuildKit does. Quotes and escapes are removed. `$V`, `${V}`,
 * `${V:-word}`, `${V+word}`, `${V?word}`, `${V#pattern}`, `${V%pattern}`, `${V/pattern/text}` and their
 * variants are replaced, also when nested.
 * @throws Failure `dockerfile-invalid` if BuildKit refuses the word
 */
export function expandWord(
  word: string,
  variables: ReadonlyMap<string, string>,
  options: ExpandOptions,
): string {
  const fail = (what: string) => refuse(options.line, `${quote(word)} cannot be expanded: ${what}`);
  return lex(word, variables, { escapeToken: options.escapeToken }, fail).text;
}
