import { stripVTControlCharacters } from "node:util";

/**
 * The one door for text of strangers into the log: one line that shows as it reads and that the runner takes for
 * text. The runner executes `::name::` at the start of a line and `##[name]` anywhere in one
 * (actions/runner src/Runner.Common/ActionCommand.cs), so both are broken up by a space. What is not to be seen is
 * removed *first*: it could hide a command from us that the runner, or the reader's eye, puts together again.
 * Line breaks become spaces; what exceeds 1,000 characters is cut.
 */
export function harmlessLine(text: string): string {
  const line = text.slice(0, longestRead).replace(lineBreak, " ");
  const visible = stripVTControlCharacters(line.toWellFormed()).replaceAll("\t", "  ").replace(invisible, "");
  return cut(visible, text.length > longestRead)
    .replaceAll("##[", "## [")
    .replace(/^(\s*):(?=:)/, "$1: ");
}

/** Each line of a text by itself, made harmless. Breaks are those that any reader of logs could see as one. */
export function harmlessLines(text: string): readonly string[] {
  return text.split(lineBreak).map(harmlessLine);
}

/** characters that are shown of one line */
const longestLine = 1000;
/** characters that are looked at of one line: escape sequences count here, and not above */
const longestRead = 8 * longestLine;

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Controls, bidi and zero-width characters, and whatever else collation ignores: the runner compares by culture. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

function cut(line: string, isPart: boolean): string {
  if (line.length <= longestLine && !isPart) return line;
  return `${line.slice(0, longestLine).toWellFormed()}…`;
}
