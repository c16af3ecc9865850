import { shellNameOf } from "../../inspect/programs/shell-names.ts";
import { type Sentence, say } from "../../policy/sentence.ts";

/**
 * Renders what an image runs as a person would write it: words on one line, or what is passed to a shell, and
 * to which.
 * @param words entrypoint and command, joined as engines join them
 * @param program the file that they start; shown if the first word does not name it
 */
export function commandLine(words: readonly string[], program: string | null): Sentence {
  const [first] = words;
  if (first === undefined) return say`nothing`;
  const file = program === null || program === first ? [] : say` (${program})`;
  const shell = shellOf(words);
  if (shell === null) return say`${words.map(quoted).join(" ")}${file}`;
  return say`${words.at(-1) ?? ""} in the shell ${shell.map(quoted).join(" ")}${file}`;
}

/** Returns the shell of a shell form, such as `/bin/sh` or `/bin/bash -o pipefail`; null for exec form. */
function shellOf(words: readonly string[]): readonly string[] | null {
  const [first = ""] = words;
  const isShellForm = words.length > 2 && words.at(-2) === "-c" && words.indexOf("-c") === words.length - 2;
  const isShell = shellNameOf(first.slice(first.lastIndexOf("/") + 1)) !== null;
  return isShellForm && isShell ? words.slice(0, -2) : null;
}

/** Quotes a word for a shell. */
function quoted(word: string): string {
  return /^$|[\s'"\\$`|&;<>(){}*?!#~]/.test(word) ? `'${word.replaceAll("'", "'\\''")}'` : word;
}
