import { type Command, Option as Flag } from "commander";
import { optionGroups } from "../inputs/options.ts";

/** How a report may be written. A command offers those that it can write. */
const formats = ["terminal", "json", "markdown"] as const;
export type Format = (typeof formats)[number];

/** Flags of every command. */
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
      `Format of the report: ${offered.join(", ").replace(/, (?=\w+$)/, " or ")}. (default: terminal)`,
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
 * Returns the output flags in the raw arguments. It serves errors that the arguments themselves may cause. As
 * in commander, the last of several occurrences wins.
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

/** Returns a report's width and whether it has colour. Obeys NO_COLOR and FORCE_COLOR. */
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
