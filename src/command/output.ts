import { open } from "node:fs/promises";
import { type Command, Option as Flag } from "commander";
import { Failure } from "../failure.ts";

export type Format = "terminal" | "json" | "markdown";

/** Flags that every command has. */
export interface OutputFlags {
  readonly format: Format;
  readonly output?: string;
  readonly verbose?: true;
  readonly quiet?: true;
}

export function addOutputFlags(command: Command, formats: readonly Format[]): Command {
  return command
    .addOption(
      new Flag("--format <format>", "How the report is written").choices(formats).default("terminal"),
    )
    .option("--output <file>", "Write the report to a file instead of standard output")
    .option("--verbose", "Show the builder's output")
    .option("--quiet", "No progress");
}

/** How wide and how colourful a report may be. NO_COLOR and FORCE_COLOR are obeyed; a file gets no colour. */
export function looks(
  flags: OutputFlags,
  env: NodeJS.ProcessEnv,
): { readonly columns: number; readonly colour: boolean } {
  const toTerminal = flags.output === undefined && process.stdout.isTTY === true;
  const forced = env["FORCE_COLOR"] !== undefined && env["FORCE_COLOR"] !== "0";
  return {
    columns: Number(env["COLUMNS"]) || (toTerminal ? process.stdout.columns : 100),
    colour: !env["NO_COLOR"] && (forced || (toTerminal && env["TERM"] !== "dumb")),
  };
}

/** Writes the report in pieces, with back-pressure: a file list may be long. A reader that leaves early (| head) is no error. */
export async function writeOut(pieces: Iterable<string>, flags: OutputFlags): Promise<void> {
  if (flags.output === undefined) return writeToStdout(pieces);
  try {
    await using file = await open(flags.output, "w");
    for (const piece of pieces) await file.write(piece);
  } catch (cause) {
    throw new Failure(
      "input-invalid",
      `--output ${flags.output} cannot be written: ${(cause as Error).message}.`,
      { cause },
    );
  }
}

async function writeToStdout(pieces: Iterable<string>): Promise<void> {
  let gone = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    gone = true;
  });
  for (const piece of pieces) {
    if (gone) return;
    if (!process.stdout.write(piece)) {
      await new Promise<void>((resolve) => {
        process.stdout.once("drain", resolve);
        process.stdout.once("error", () => resolve());
      });
    }
  }
}
