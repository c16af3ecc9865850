import { appendFile } from "node:fs/promises";

/**
 * Appends a report to the job summary. A report that is too long is cut, since the runner would discard all
 * of it.
 * @returns a sentence on why it could not be written; null if it was written, or if there is no summary file
 */
export async function writeSummary(env: NodeJS.ProcessEnv, markdown: string): Promise<string | null> {
  const path = env.GITHUB_STEP_SUMMARY;
  if (!path) return null;
  try {
    await appendFile(path, cut(markdown));
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `The job summary could not be written (${code ?? "unknown reason"}).`;
  }
}

/** In bytes. The runner's limit is 1 MiB for each step (actions/runner CreateStepSummaryCommand). */
const maxSummaryBytes = 1_000_000;

function cut(markdown: string): string {
  const bytes = Buffer.from(markdown);
  if (bytes.length <= maxSummaryBytes) return markdown;
  const end = bytes.lastIndexOf("\n", maxSummaryBytes - closing.length * maxOpen - notice.length);
  const kept = bytes.subarray(0, end + 1).toString("utf8");
  const open = count(kept, "<details") - count(kept, "</details>");
  return `${kept}${closing.repeat(Math.min(Math.max(open, 0), maxOpen))}${notice}`;
}

const notice = "\n\nThe rest of this report is left out because it is too long for a job summary.\n";
const closing = "\n</details>\n";
/** The number of closing tags that the cut reserves space for. */
const maxOpen = 10;

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}
