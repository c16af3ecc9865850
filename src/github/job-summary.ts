import { appendFile } from "node:fs/promises";

/**
 * Appends a report to the job's summary. One that is too long is cut, since the runner would discard it as a whole.
 * @returns why there is none, as a sentence; null where it was written, or where there is no summary to write
 */
export async function writeSummary(env: NodeJS.ProcessEnv, markdown: string): Promise<string | null> {
  const path = env.GITHUB_STEP_SUMMARY;
  if (!path) return null;
  try {
    await appendFile(path, cut(markdown));
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `There is no job summary: its file cannot be written (${code ?? "for an unknown reason"}).`;
  }
}

/** bytes; the runner's limit is 1 MiB for all that one step writes (actions/runner CreateStepSummaryCommand) */
const longestSummary = 1_000_000;

function cut(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= longestSummary) return markdown;
  const end = bytes.lastIndexOf("\n", longestSummary - closing.length * mostOpen - notice.length);
  const kept = bytes.subarray(0, end + 1).toString("utf8");
  const open = count(kept, "<details") - count(kept, "</details>");
  return `${kept}${closing.repeat(Math.min(Math.max(open, 0), mostOpen))}${notice}`;
}

const notice = "\n\nThe rest of this report is left out: it is too long for a job summary.\n";
const closing = "\n</details>\n";
/** how deep folded parts are nested at most */
const mostOpen = 10;

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
