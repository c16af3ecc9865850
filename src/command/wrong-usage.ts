import type { Command, CommanderError } from "commander";
import { closest, distance } from "fastest-levenshtein";
import { Failure } from "../failure.ts";

/** What commander refuses, in a sentence or two: what, where, and what to do. */
export function wrongUsage(error: CommanderError, program: Command): Failure {
  const [word = ""] = program.args;
  const command = program.commands.find((known) => known.name() === word) ?? program;
  const name = command === program ? program.name() : `${program.name()} ${command.name()}`;
  const help = `See ${name} --help.`;
  if (error.code === "commander.excessArguments") {
    return command === program
      ? noCommand(word, program)
      : new Failure("input-unknown", `${oneTooMany(command, name)} ${help}`);
  }
  const code = error.code === "commander.unknownOption" ? "input-unknown" : "input-invalid";
  return new Failure(code, `${saidBy(error)} ${help}`);
}

function saidBy({ message }: CommanderError): string {
  const said = message
    .replace(/^error: /, "")
    .replaceAll("\n", " ")
    .replace(/\.$/, "");
  return `${said[0]?.toUpperCase() ?? ""}${said.slice(1)}.`;
}

function oneTooMany({ args, registeredArguments }: Command, name: string): string {
  const taken = registeredArguments.map((argument) => `<${argument.name()}>`);
  const takes = taken.length === 0 ? "no arguments" : `only ${taken.join(" ")}`;
  return `${name} takes ${takes}, and "${args[taken.length]}" is one too many: use its flags.`;
}

/** The program itself takes no arguments, and so whatever it is given is meant for a command. */
export function noCommand(word: string, program: Command): Failure {
  const names = program.commands.map((command) => command.name());
  const nearest = closest(word, names);
  // What is farther away was meant for something else: a directory, an image.
  const advice =
    distance(word, nearest) <= 3
      ? `did you mean "${nearest}"?`
      : `use ${names.filter((name) => name !== "help").join(", ")}, or flags alone to audit the working tree.`;
  return new Failure(
    "input-unknown",
    `There is no command "${word}": ${advice} See ${program.name()} --help.`,
  );
}
