import { type Exit, exitOf, unfinishedAudit } from "../audit/exit-status.ts";
import { terminalText } from "../report/text/escape.ts";
import { writeAudit } from "./audit.ts";
import type { OutputFlags } from "./output.ts";

/**
 * Prints why a run ended early to standard error. If --output or JSON was requested, writes it as the report,
 * too.
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
