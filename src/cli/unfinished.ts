import { type Ending, endingOf, unfinishedAudit } from "../audit/exit-status.ts";
import { terminalText } from "../report/text/escape.ts";
import { writeAudit } from "./audit.ts";
import type { OutputFlags } from "./output.ts";

/**
 * Says why a run ended early: on standard error, and where a report was to be in a file or as JSON, in its place.
 * @returns the exit status
 */
export async function sayEnding(error: unknown, flags: OutputFlags): Promise<number> {
  const ending = endingOf(error);
  say(ending);
  const isReported = flags.output === undefined ? flags.format === "json" : flags.output !== "";
  if (isReported && ending.code !== "output-failed") {
    await writeAudit(unfinishedAudit(ending), flags).catch((failure: unknown) => say(endingOf(failure)));
  }
  return ending.status;
}

function say({ code, message, stack }: Ending): void {
  const [sentence = "", ...details] = message.split("\n");
  const lines = [`image-audit: ${sentence} [${code}]`, ...details, ...(stack?.split("\n") ?? [])];
  for (const line of lines) process.stderr.write(`${terminalText(line)}\n`);
}
