import { Command, CommanderError } from "commander";
import { tool } from "../audit/tool.ts";
import { keepHeapSmall } from "../process/heap.ts";
import { searchAbsolutePaths } from "../process/search-path.ts";
import { addAuditCommand } from "./audit.ts";
import { addCompareCommand } from "./compare.ts";
import { addFilesCommand } from "./files.ts";
import { addHelp, addHelpCommand, helpColumns } from "./help.ts";
import { addInspectCommand } from "./inspect.ts";
import { isNamedBesides, keepInputs } from "./keep-inputs.ts";
import { type OutputFlags, outputFlagsIn } from "./output.ts";
import { addPackagesCommand } from "./packages.ts";
import { addPolicyCommand } from "./policy.ts";
import { addStagesCommand } from "./stages.ts";
import { addStartCommand } from "./start.ts";
import { sayFailure } from "./unfinished.ts";
import { refuseEmptyValues, refuseFlagsBefore, wrongUsage } from "./usage-error.ts";
import { emptyOutput, writeOut } from "./write-out.ts";

/** Runs the whole command. Sets the exit status and never throws. */
export async function runProgram(argv: readonly string[]): Promise<void> {
  keepHeapSmall();
  searchAbsolutePaths(process.env);
  let flags = outputFlagsIn(argv);
  let isBegun = false;
  // No catch sees an error in an event of a stream or timer. Node would end with 1, which is a verdict.
  process.on("uncaughtException", async (error) => {
    process.exit(await sayFailure(error, flags));
  });
  try {
    process.exitCode = await run(argv, (parsed) => {
      flags = parsed;
      isBegun = true;
    });
  } catch (error) {
    const isKept = !isBegun && flags.output !== undefined && (await isNamedBesides(flags.output, argv));
    process.exitCode = await sayFailure(error, isKept ? { format: flags.format } : flags);
  }
}

/** @param begun receives the flags once they are parsed */
async function run(argv: readonly string[], begun: (flags: OutputFlags) => void): Promise<number> {
  let status = 0;
  let help = "";
  const ended = (verdictStatus: number) => {
    status = verdictStatus;
  };
  const program = new Command(tool.name)
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    // Flags after a command belong to the command, even if the program has flags of the same name.
    .enablePositionalOptions()
    .configureOutput({
      outputError() {},
      writeOut(text) {
        help += text;
      },
      getOutHelpWidth: () => helpColumns(process.env),
    });
  addHelp(program);
  addAuditCommand(program, ended);
  addInspectCommand(program);
  addCompareCommand(program, ended);
  addStartCommand(program, ended);
  addFilesCommand(program);
  addPackagesCommand(program);
  addStagesCommand(program);
  addPolicyCommand(program, ended);
  addHelpCommand(program);
  program.hook("preAction", async (_, command) => {
    const flags = command.opts<OutputFlags>();
    begun(flags);
    await keepInputs(command);
    refuseFlagsBefore(command, program);
    refuseEmptyValues(command);
    await emptyOutput(flags);
  });
  try {
    await program.parseAsync(argv);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode !== 0) throw wrongUsage(error, program);
  }
  if (help !== "") await writeOut([help], {});
  return status;
}
