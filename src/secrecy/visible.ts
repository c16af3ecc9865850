import { stripVTControlCharacters } from "node:util";

/**
 * One line as it shows: line breaks are spaces, and what is not to be seen is gone. It could hide a secret from us, or a
 * command of the runner's, that a reader's eye puts together again.
 */
export function visibleLine(text: string): string {
  const line = text.replace(lineBreak, " ").toWellFormed();
  return stripVTControlCharacters(line).replaceAll("\t", "  ").replace(invisible, "");
}

/**
 * A line that the runner takes for text. It executes `::name::` at the start of a line and `##[name]` anywhere in one
 * (actions/runner src/Runner.Common/ActionCommand.cs), so both are broken up by a space.
 */
export function withoutCommands(line: string): string {
  return line.replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
}

/** What any reader of logs could see as a line break. */
export const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Controls, bidi and zero-width characters, and whatever else collation ignores: the runner compares by culture. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
