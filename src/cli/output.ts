import { type Command, Option as Flag } from "commander";
import { optionGroups } from "../inputs/options.ts";

/** How a report may be written. A command offers those that it can write. */
const formats = ["terminal", "json", "markdown"] as const;
export type Format = (typeof formats)[number];

/** Flags that every command has. */
export interface OutputFlags {
  readonly format: Format;
  readonly output?: string;
  readonly verbose?: true;
  readonly quiet?: true;
}

export function addOutputFlags(command: Command, offered: readonly Format[] = formats): Command {
  const flags = [
    new Flag(
      "--format <format>",
      `How the report is written: ${offered.join(", ").replace(/, (?=\w+$)/, " or ")}. (default: terminal)`,
    )
      .choices(offered)
      .default("terminal"),
    new Flag("--output <file>", "Write the report to a file instead of standard output."),
    new Flag("--verbose", "Show the builder's output."),
    new Flag("--quiet", "Show no progress."),
  ];
  for (const flag of flags) command.addOption(flag.helpGroup(`${optionGroups.report}:`));
  return command;
}

/**
 * The flags as they stand in the raw arguments, for an error that the arguments may be the cause of. As in commander, the
 * last of several counts.
 */
export function outputFlagsIn(argv: readonly string[]): OutputFlags {
  const format = valueIn(argv, "--format");
  const output = valueIn(argv, "--output");
  return {
    format: formats.find((known) => known === format) ?? "terminal",
    ...(output === undefined ? {} : { output }),
  };
}

function valueIn(argv: readonly string[], flag: string): string | undefined {
  const at = argv.findLastIndex((word) => word === flag || word.startsWith(`${flag}=`));
  return argv[at] === flag ? argv[at + 1] : argv[at]?.slice(flag.length + 1);
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
