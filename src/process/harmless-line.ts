import { visibleLine, withoutCommands } from "../secrecy/visible.ts";

/**
 * Sanitizes untrusted text for the log; all of it passes through here. Returns one line without hidden
 * content, which the runner does not take for a command. Removes invisible characters *first*, because they
 * could hide a command. Replaces line breaks with spaces and cuts after 1,000 characters. Secrets must
 * already be masked (secrecy/mask.ts): a cut could leave a part of one.
 */
export function harmlessLine(text: string): string {
  return withoutCommands(cut(visibleLine(text.slice(0, maxRead)), text.length > maxRead));
}

/** Characters of the result. */
const maxLine = 1000;
/** Characters of the input. Here escape sequences count as well. */
const maxRead = 8 * maxLine;

function cut(line: string, isPart: boolean): string {
  if (line.length <= maxLine && !isPart) return line;
  return `${line.slice(0, maxLine).toWellFormed()}…`;
}
