import { visibleLine, withoutCommands } from "../secrecy/visible.ts";

/**
 * The one door for text of strangers into the log: one line that shows as it reads and that the runner takes for text.
 * What is not to be seen is removed *first*: it could hide a command. Line breaks become spaces; what exceeds 1,000
 * characters is cut. Secrets are masked before (secrecy/mask.ts), since a cut would leave parts of them.
 */
export function harmlessLine(text: string): string {
  return withoutCommands(cut(visibleLine(text.slice(0, longestRead)), text.length > longestRead));
}

/** characters that are shown of one line */
const longestLine = 1000;
/** characters that are looked at of one line: escape sequences count here, and not above */
const longestRead = 8 * longestLine;

function cut(line: string, isPart: boolean): string {
  if (line.length <= longestLine && !isPart) return line;
  return `${line.slice(0, longestLine).toWellFormed()}…`;
}
