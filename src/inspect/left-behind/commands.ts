import { commandOf } from "../../dockerfile/history/history-text.ts";
import type { Dockerfile } from "../../dockerfile/parse/dockerfile.ts";
import type { Instruction } from "../../dockerfile/parse/instruction.ts";
import { instructionsOf } from "../../dockerfile/stages/instructions.ts";
import type { Stages } from "../../dockerfile/stages/stages.ts";
import { baseOf } from "../../image/path.ts";
import { firstCommand, operatorAfter } from "../start/shell-words.ts";
import { absolute } from "./absolute.ts";
import { afterInstruction, type StageState, startingState } from "./stage-state.ts";

/** A simple command of a stage's RUN, with what decides where it writes. */
export interface StageCommand {
  /** 1-based, of the instruction */
  readonly line: number;
  /** the words up to the first that depends on a variable or a pattern */
  readonly words: readonly string[];
  readonly areWordsKnown: boolean;
  /** `NAME=value` before the command */
  readonly assignments: readonly string[];
  /** where it runs, absolute; null if unknown */
  readonly directory: string | null;
  readonly state: StageState;
  /** whether the commands after it run although it fails, or only because it fails */
  readonly isConditional: boolean;
}

/** Commands of a stage in order; "unread" stands for a rest that could not be split into commands. */
export type StageCommands = readonly (StageCommand | "unread")[];

/** Returns the commands of each stage, by index. */
export function commandsOfStages(dockerfile: Dockerfile, { stages }: Stages): readonly StageCommands[] {
  const states: StageState[] = [];
  return stages.map((stage) => {
    let state = states[stage.parent ?? -1] ?? startingState(stage.resolved);
    const commands: (StageCommand | "unread")[] = [];
    for (const instruction of instructionsOf(dockerfile, stage)) {
      if (instruction.keyword === "RUN") {
        const run = commandsOf(instruction, state);
        commands.push(...run);
        state = { ...state, environments: run.reduce(withEnvironment, state.environments) };
      } else state = afterInstruction(state, instruction);
    }
    states.push(state);
    return commands;
  });
}

/** More commands than anyone writes into one RUN. */
const maxCommands = 200;

function commandsOf(instruction: Instruction, outer: StageState): StageCommands {
  const { line, json } = instruction;
  const plain = { line, assignments: [], isConditional: false, areWordsKnown: true };
  if (json !== undefined) return [{ ...plain, words: json, directory: outer.directory, state: outer }];
  const commands: (StageCommand | "unread")[] = [];
  let { directory } = outer;
  let state = outer;
  // Extras of Python packages look like patterns: `uvicorn[standard]`.
  let rest = withVariables(commandOf(instruction), outer.variables).replace(
    /(\w)\[[\w,-]{1,100}\](?=[=\s]|$)/g,
    "$1",
  );
  let isAlternative = false;
  for (;;) {
    rest = rest.replace(/^(?:\s|#[^\n]*)+/, "");
    if (rest === "") return commands;
    const command = commands.length < maxCommands ? firstCommand(rest) : null;
    const end = command === null ? null : operatorAfter(command.rest);
    if (command === null || end === null) return [...commands, "unread"];
    const { operator, after } = end;
    const { words, areWordsKnown, assignments } = command;
    const isConditional = isAlternative || operator === "||" || keywords.test(words[0] ?? "");
    const one = { line, words, areWordsKnown, assignments, directory, state, isConditional };
    commands.push(one);
    state = { ...state, ...activated(words), environments: withEnvironment(state.environments, one) };
    if (/^(?:cd|pushd|popd)$/.test(words[0] ?? "")) directory = null;
    isAlternative = operator === "||" || (isAlternative && !/^[;\n]$/.test(operator));
    rest = after;
  }
}

/** Replaces the variables whose value ENV gives, is plain, and is not changed by the text itself. */
function withVariables(text: string, variables: StageState["variables"]): string {
  const changed = new Set(Array.from(text.matchAll(/(?<!\w)(\w+)=/g), ([, name]) => name));
  return text.replace(/\$(?:\{(\w+)\}|(\w+))/g, (written: string, braced?: string, plain?: string) => {
    const name = braced ?? plain ?? "";
    const value = variables.get(name) ?? "";
    return /^[\w./@-]{1,200}$/.test(value) && !changed.has(name) ? value : written;
  });
}

/** Words of the shell's grammar: commands inside them may not run. */
const keywords = /^(?:if|then|else|elif|fi|for|while|until|do|done|case|esac|function|\{|!)$/;

/** Follows `. /opt/venv/bin/activate`, which holds until the end of the RUN. */
function activated([name, file = ""]: readonly string[]): { readonly active?: string } {
  const [, environment] = /^(\/[^$]+)\/bin\/activate$/.exec(file) ?? [];
  return (name === "." || name === "source") && environment !== undefined ? { active: environment } : {};
}

/** Adds the virtual environment that a command makes. */
function withEnvironment(known: ReadonlySet<string>, command: StageCommand | "unread"): ReadonlySet<string> {
  const made = command === "unread" ? null : environmentOf(command);
  return made === null ? known : new Set([...known, made]);
}

/** Returns the virtual environment that a command makes, absolute; null if it makes none, or not for certain. */
export function environmentOf({
  words,
  areWordsKnown,
  isConditional,
  directory,
}: StageCommand): string | null {
  const [name = "", ...args] = words;
  const program = baseOf(name);
  const isModule =
    /^python[\d.]*$/.test(program) && args[0] === "-m" && /^(?:venv|virtualenv)$/.test(args[1] ?? "");
  const isUv = program === "uv" && args[0] === "venv";
  if (!(isModule || isUv || program === "virtualenv") || !areWordsKnown || isConditional) return null;
  const operands = args.slice(isModule ? 2 : isUv ? 1 : 0).filter((word) => !word.startsWith("-"));
  const [path] = operands;
  return operands.length === 1 && path !== undefined ? absolute(path, directory) : null;
}

/** Returns the names of the variables that a command finds set, as far as the Dockerfile sets them. */
export function variablesOf({ state, assignments }: StageCommand): readonly string[] {
  return [...state.variables.keys(), ...assignments.map((one) => one.replace(/=.*$/s, ""))];
}
