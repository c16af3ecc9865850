#!/usr/bin/env node
import { Command, CommanderError } from "commander";
import { addAuditCommand } from "./command/audit.ts";
import { addCompareCommand } from "./command/compare.ts";
import { addFilesCommand } from "./command/files.ts";
import { addInspectCommand } from "./command/inspect.ts";
import { addStagesCommand } from "./command/stages.ts";
import { wrongUsage } from "./command/wrong-usage.ts";
import { endingOf, unfinishedAudit } from "./ending.ts";
import { keepHeapSmall } from "./memory.ts";
import { terminalText } from "./report/escape.ts";
import { renderJson } from "./report/json.ts";
import { searchAbsolutePaths } from "./search-path.ts";
import { tool } from "./tool.ts";

// A promise that nobody awaits must never end green: only an ending sets another status.
process.exitCode = 3;
keepHeapSmall();
searchAbsolutePaths(process.env);

// A reader that leaves early (2>&1 | head) is no error; unhandled, it would end the run with 1, which is a verdict.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

try {
  process.exitCode = await run(process.argv);
} catch (error) {
  process.exitCode = sayEnding(error);
}

async function run(argv: readonly string[]): Promise<number> {
  let status = 0;
  const ended = (verdictStatus: number) => {
    status = verdictStatus;
  };
  const program = new Command(tool.name)
    .description("Know what a pull request does to your container image, before it merges.")
    .version(tool.version)
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    // What stands after a command is the command's, though the program has flags of the same name.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError() {} });
  addAuditCommand(program, ended);
  addInspectCommand(program);
  addCompareCommand(program, ended);
  addFilesCommand(program);
  addStagesCommand(program);
  for (const command of program.commands) {
    command
      .exitOverride()
      .configureOutput({ outputError() {} })
      .showSuggestionAfterError();
  }
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    throw wrongUsage(error, program);
  }
  return status;
}

function sayEnding(error: unknown): number {
  const ending = endingOf(error);
  if (wantsJson(process.argv)) process.stdout.write(renderJson(unfinishedAudit(ending)));
  const [sentence = "", ...details] = ending.message.split("\n");
  const lines = [
    `image-audit: ${sentence} [${ending.code}]`,
    ...details,
    ...(ending.stack?.split("\n") ?? []),
  ];
  for (const line of lines) process.stderr.write(`${terminalText(line)}\n`);
  return ending.status;
}

/** Read from the raw arguments: what went wrong may be the arguments. */
function wantsJson(argv: readonly string[]): boolean {
  return argv.includes("--format=json") || argv[argv.indexOf("--format") + 1] === "json";
}
