import { expandWord } from "../../dockerfile/parse/expand.ts";
import type { Instruction } from "../../dockerfile/parse/instruction.ts";
import { splitWords } from "../../dockerfile/parse/words.ts";
import { Failure } from "../../failure.ts";
import { parseReference } from "../../oci/reference.ts";
import { absolute } from "./absolute.ts";

/** What decides where the commands of a stage write, as far as the Dockerfile shows it. */
export interface StageState {
  /** the image at the bottom of the stage; null if it is none */
  readonly base: { readonly name: string; readonly tag: string } | null;
  /** the working directory, absolute; null if unknown */
  readonly directory: string | null;
  /** whether commands run as root; null if unknown */
  readonly isRoot: boolean | null;
  /** ENV and ARG; null if the value is unknown or may be that of a build argument */
  readonly variables: ReadonlyMap<string, string | null>;
  /** virtual environments of Python that were made, absolute */
  readonly environments: ReadonlySet<string>;
  /** the virtual environment that a command has activated; null if none */
  readonly active: string | null;
}

/** @param resolved the image or `scratch`, as in Stage */
export function startingState(resolved: string): StageState {
  const reference = parseReference(resolved);
  const base = resolved === "scratch" || reference === null ? null : reference;
  const known = base === null ? undefined : directories.get(base.name);
  return {
    base: base === null ? null : { name: base.name, tag: base.tag ?? "" },
    directory: resolved === "scratch" ? "/" : (known ?? null),
    isRoot: known === undefined ? null : true,
    variables: new Map(),
    environments: new Set(),
    active: null,
  };
}

/** The working directory of official images, which all start as root. */
const directories: ReadonlyMap<string, string> = new Map([
  ...["debian", "ubuntu", "alpine", "python", "node", "ruby", "rust", "eclipse-temurin", "maven"].map(
    (name) => [`docker.io/library/${name}`, "/"] as const,
  ),
  ["docker.io/library/golang", "/go"],
]);

/** Returns the state after an instruction other than RUN. */
export function afterInstruction(state: StageState, instruction: Instruction): StageState {
  switch (instruction.keyword) {
    case "WORKDIR":
      return { ...state, directory: directoryAfter(state, instruction) };
    case "USER":
      return { ...state, isRoot: /^(?:root|0)(?::(?:root|0))?$/.test(instruction.text.trim()) };
    case "ENV":
    case "ARG":
      return { ...state, variables: variablesAfter(state, instruction) };
    case "SHELL":
      // Another shell may have another grammar.
      return /^(?:\/\S+\/)?(?:ba|da|a)?sh$/.test(instruction.json?.[0] ?? "")
        ? state
        : { ...state, directory: null, isRoot: null };
    default:
      return state;
  }
}

function directoryAfter({ directory, variables }: StageState, instruction: Instruction): string | null {
  const written = expanded(instruction.text.trim(), variables, instruction);
  return written === null || written === "" ? null : absolute(written, directory);
}

function variablesAfter(
  { variables }: StageState,
  instruction: Instruction,
): ReadonlyMap<string, string | null> {
  const after = new Map(variables);
  for (const word of splitWords(instruction.text, instruction.escapeToken)) {
    const at = word.indexOf("=");
    const name = at === -1 ? word : word.slice(0, at);
    const isValue = at !== -1 && instruction.keyword === "ENV";
    after.set(name, isValue ? expanded(word.slice(at + 1), variables, instruction) : null);
  }
  return after;
}

/** Expands a word of which all variables are known from ENV. In PATH, the base image's is left empty. */
function expanded(
  word: string,
  variables: ReadonlyMap<string, string | null>,
  { escapeToken, line }: Instruction,
): string | null {
  const known = new Map<string, string>();
  for (const [, name = ""] of word.matchAll(/\$\{?(\w*)/g)) {
    const value = variables.get(name) ?? (name === "PATH" && !variables.has(name) ? "" : null);
    if (value === null) return null;
    known.set(name, value);
  }
  try {
    const text = expandWord(word, known, { escapeToken, line });
    return text.length > maxValue ? null : text;
  } catch (error) {
    if (error instanceof Failure) return null;
    throw error;
  }
}

/** In characters. Values may refer to one another, and would grow with each. */
const maxValue = 4096;
