import { type Exit, exitOf, unfinishedAudit } from "../audit/exit-status.ts";
import { terminalText } from "../report/text/escape.ts";
import { writeAudit } from "./audit.ts";
import type { OutputFlags } from "./output.ts";

/**
 * Says why a run ended early: on standard error, and where a report was to be in a file or as JSON, in its place.
 * @returns the exit status
 */
export async function sayFailure(error: unknown, flags: OutputFlags): Promise<number> {
  const exit = exitOf(error);
  say(exit);
  const isReported = flags.output === undefined ? flags.format === "json" : flags.output !== "";
  if (isReported && exit.code !== "output-failed") {
    await writeAudit(unfinishedAudit(exit), flags).catch((failure: unknown) => say(exitOf(failure)));
  }
  return exit.status;
}

function say({ code, message, stack }: Exit): void {
  const [sentence = "", ...details] = message.split("\n");
  const lines = [`image-audit: ${sentence} [${code}]`, ...details, ...(stack?.split("\n") ?? [])];
  for (const line of lines) process.stderr.write(`${terminalText(line)}\n`);
}
