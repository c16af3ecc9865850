import { stripVTControlCharacters } from "node:util";

/**
 * Returns a text on one line, as it is displayed: line breaks become spaces and invisible characters are
 * removed. These could hide a secret or a runner command from us, but not from a reader.
 */
export function visibleLine(text: string): string {
  const line = text.replace(lineBreak, " ").toWellFormed();
  return stripVTControlCharacters(line).replaceAll("\t", "  ").replace(invisible, "");
}

/**
 * Returns a line that the runner does not execute. It executes `::name::` at the start of a line and
 * `##[name]` anywhere in one (actions/runner src/Runner.Common/ActionCommand.cs), so a space breaks up both.
 */
export function withoutCommands(line: string): string {
  return line.replaceAll("##[", "## [").replace(/^(\s*):(?=:)/, "$1: ");
}

/** Every line break that a log viewer may recognise. */
export const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/g;

/** Characters that are not visible, or that collation ignores: the runner compares by culture. */
const invisible = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;
