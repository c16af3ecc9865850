import type { Command, CommanderError } from "commander";
import { closest, distance } from "fastest-levenshtein";
import { Failure } from "../failure.ts";
import { type Option, options } from "../inputs/options.ts";

/** Converts an error of commander into a Failure that says what is wrong and what to do. */
export function wrongUsage(error: CommanderError, program: Command): Failure {
  const [word = ""] = program.args;
  const command = program.commands.find((known) => known.name() === word) ?? program;
  const help = `See ${nameOf(command)} --help.`;
  switch (error.code) {
    case "commander.excessArguments":
      if (command === program) return noCommand(word, program);
      return new Failure("input-unknown", `${oneTooMany(command)} ${help}`);
    case "commander.unknownOption":
      return new Failure("input-unknown", `${unknownFlag(error, command)} ${help}`);
    default:
      return new Failure("input-invalid", `${saidBy(error)} ${help}`);
  }
}

/** Returns the failure for an unknown command. Any argument of the program is meant as a command. */
export function noCommand(word: string, program: Command): Failure {
  const help = `See ${program.name()} --help.`;
  return new Failure("input-unknown", `There is no command "${word}": ${adviceFor(word, program)} ${help}`);
}

function adviceFor(word: string, program: Command): string {
  if (word === "true" || word === "false")
    return "a flag such as --no-cache takes no value. Give it alone, or leave it out.";
  if (program.options.some(({ long }) => long === `--${word}`)) return `did you mean "--${word}"?`;
  const names = program.commands.map((command) => command.name());
  const nearest = closest(word, names);
  // A word that is farther away was meant as something else, such as a directory or an image.
  if (distance(word, nearest) <= 3) return `did you mean "${nearest}"?`;
  return `use ${names.filter((name) => name !== "help").join(", ")}, or only flags to audit the working tree.`;
}

/** Refuses flags before a command: commander takes them for the program's. */
export function refuseFlagsBefore(command: Command, program: Command): void {
  if (command === program) return;
  const given = program.options.find(
    (flag) => program.getOptionValueSource(flag.attributeName()) === "cli",
  )?.long;
  if (given === undefined) return;
  throw new Failure(
    "input-invalid",
    `${given} has no effect before ${command.name()}: write it after the command. See ${nameOf(command)} --help.`,
  );
}

/** Refuses empty values, which unset shell variables produce: such a limit would never apply. */
export function refuseEmptyValues(command: Command): void {
  for (const flag of command.options) {
    const values = [command.getOptionValue(flag.attributeName())].flat();
    if (!values.some((value) => typeof value === "string" && value.trim() === "")) continue;
    const advice = `give it one, or leave it out. See ${nameOf(command)} --help.`;
    throw new Failure("input-invalid", `${flag.long} has an empty value: ${advice}`);
  }
}

function unknownFlag(error: CommanderError, command: Command): string {
  const flag = /'(--[^'=]+)(=?)/.exec(error.message);
  const [, name = "", value = ""] = flag ?? [];
  if (value !== "" && command.options.some(({ long }) => long === name))
    return `${name} takes no value: give it alone, or leave it out.`;
  const input = (options as readonly Option[]).find((option) => `--${option.name}` === name);
  if (input?.actionOnly) return `'${name}' is an input of the action and has no meaning in a terminal.`;
  return saidBy(error);
}

function saidBy({ message }: CommanderError): string {
  const said = message
    .replace(/^error: /, "")
    .replace(/ argument missing$/, " has no value")
    .replaceAll("\n", " ")
    .replace(/\.$/, "");
  return `${said[0]?.toUpperCase() ?? ""}${said.slice(1)}.`;
}

function oneTooMany(command: Command): string {
  const { args, registeredArguments } = command;
  const taken = registeredArguments.map((argument) => `<${argument.name()}>`);
  const takes = taken.length === 0 ? "no arguments" : `only ${taken.join(" ")}`;
  return `${nameOf(command)} takes ${takes}, and "${args[taken.length]}" is one too many: use its flags.`;
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${command.parent.name()} ${command.name()}`;
}
