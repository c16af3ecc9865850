import { DockerfileParser, Keyword } from "dockerfile-ast";
import { closest } from "fastest-levenshtein";
import { Failure } from "../../failure.ts";
import { lower, trim } from "./blank.ts";
import { checkInstruction, checkSyntax } from "./checks.ts";
import { type EscapeToken, readEscape } from "./directives.ts";
import { checkFlags, flagValues, takeFlags } from "./flags.ts";
import { checkFrontend } from "./frontend.ts";
import { type Heredoc, type HeredocMarker, heredocMarkers } from "./heredoc.ts";
import { argumentsOf, type Instruction, jsonArguments } from "./instruction.ts";
import { logicalLines } from "./lines.ts";
import { quote, refuse } from "./refuse.ts";

/** One FROM and the instructions up to the next. */
export interface DeclaredStage {
  /** in lower case, as BuildKit stores it; null if the stage has no name */
  readonly name: string | null;
  /** the argument of FROM, unexpanded */
  readonly base: string;
  /** the value of FROM's --platform, unexpanded; null if absent */
  readonly platform: string | null;
  readonly from: Instruction;
  /** without FROM */
  readonly instructions: readonly Instruction[];
}

/** A Dockerfile as BuildKit parses it, with nothing expanded. */
export interface Dockerfile {
  readonly escapeToken: EscapeToken;
  /** the ARG instructions before the first FROM */
  readonly metaArgs: readonly Instruction[];
  /** at least one */
  readonly stages: readonly DeclaredStage[];
}

const maxBytes = 1024 * 1024;

const keywords: ReadonlySet<string> = new Set(Object.values(Keyword));
const withHeredocs: ReadonlySet<string> = new Set([Keyword.ADD, Keyword.COPY, Keyword.RUN]);
const noTriggers: ReadonlySet<string> = new Set([Keyword.FROM, Keyword.MAINTAINER, Keyword.ONBUILD]);

/**
 * Parses a Dockerfile exactly as BuildKit does. dockerfile-ast finds the keyword of each logical line.
 * Everything that it reads differently from BuildKit (directives, continuation, here-documents, flags, JSON)
 * is read here.
 * @param text at most 1 MiB
 * @param syntax the build argument BUILDKIT_SYNTAX, which overrides the text
 * @throws Failure `dockerfile-invalid`, with the line, if BuildKit refuses the Dockerfile; `frontend-unknown`
 * if BuildKit hands it to another frontend
 */
export function parseDockerfile(text: string, syntax?: string): Dockerfile {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new Failure("dockerfile-invalid", "The Dockerfile is larger than 1 MiB. Make it smaller.");
  }
  checkFrontend(text, syntax);
  const { escapeToken, instructions } = readInstructions(text);
  for (const instruction of instructions) checkKnown(instruction);
  const firstFrom = instructions.findIndex(({ keyword }) => keyword === Keyword.FROM);
  const metaArgs = instructions.slice(0, firstFrom === -1 ? instructions.length : firstFrom);
  for (const { keyword, line } of metaArgs) {
    if (keyword !== Keyword.ARG)
      refuse(line, `${keyword} appears before the first FROM, where only ARG is allowed`);
  }
  const stages = stagesOf(instructions.slice(metaArgs.length));
  if (stages.length === 0) {
    throw new Failure(
      "dockerfile-invalid",
      "The Dockerfile has no FROM. Start it with FROM and a base image.",
    );
  }
  return { escapeToken, metaArgs, stages };
}

/**
 * Parses the instruction of an ONBUILD, as BuildKit does in the stage or build where it runs.
 * @param expression as in an image config's OnBuild
 * @param line 1-based line of the FROM that triggers it
 * @throws Failure `dockerfile-invalid`
 */
export function parseTrigger(expression: string, line: number): Instruction {
  const [read, ...more] = readInstructions(expression).instructions;
  if (read === undefined || more.length > 0) refuse(line, "an ONBUILD trigger must be one instruction");
  const trigger = { ...read, line, endLine: line };
  if (trigger.keyword === Keyword.FROM) refuse(line, "FROM cannot be triggered by ONBUILD");
  checkKnown(trigger);
  return trigger;
}

/** Returns what an ONBUILD stores for later builds, as in an image config's OnBuild. */
export function triggerExpression({ text, heredocs }: Instruction): string {
  return [text, ...heredocs.map(({ content, name }) => content + name)].join("\n");
}

function readInstructions(text: string) {
  const lines = text.replace(/^\uFEFF/, "").match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const escapeToken = readEscape(lines);
  const markersOf = (joined: string, line: number) => heredocsOf(joined, line, escapeToken);
  const instructions = logicalLines(lines, escapeToken, markersOf).map((logical) => ({
    ...readInstruction(logical.text, logical.line, escapeToken),
    endLine: logical.endLine,
    heredocs: logical.heredocs,
  }));
  return { escapeToken, instructions };
}

/** Reads one logical line, without the here-documents that follow it. */
function readInstruction(joined: string, line: number, escapeToken: EscapeToken): Instruction {
  const text = trim(joined);
  const end = keywordEnd(text);
  const { flags, rest } = takeFlags(text.slice(end).replace(/^[\t\v\f\r ]+/, ""), escapeToken);
  const keyword = keywordOf(text.slice(0, end));
  const argument = trim(rest);
  const json = jsonArguments(keyword, argument, line);
  const instruction = {
    keyword,
    line,
    endLine: line,
    flags,
    text: argument,
    ...(json === null ? {} : { json }),
    heredocs: [] as readonly Heredoc[],
    escapeToken,
  };
  checkSyntax(instruction);
  if (keyword === Keyword.ONBUILD && argument !== "") readInstruction(argument, line, escapeToken);
  return instruction;
}

/** Finds the end of the keyword. dockerfile-ast gets one line at a time, which bounds its work. */
function keywordEnd(text: string): number {
  const line = text.replace(/[\v\f\r]/g, " ");
  const [instruction] = DockerfileParser.parse(line).getInstructions();
  return instruction?.getInstructionRange().end.character ?? 0;
}

function keywordOf(written: string): string {
  return lower(written).toUpperCase();
}

function heredocsOf(joined: string, line: number, escapeToken: EscapeToken): readonly HeredocMarker[] {
  if (!joined.includes("<<")) return [];
  const instruction = readInstruction(joined, line, escapeToken);
  const isTrigger = instruction.keyword === Keyword.ONBUILD && instruction.text !== "";
  const holder = isTrigger ? readInstruction(instruction.text, line, escapeToken) : instruction;
  return withHeredocs.has(holder.keyword) && holder.json === undefined ? heredocMarkers(joined) : [];
}

function checkKnown(instruction: Instruction): void {
  const { keyword, line, text, escapeToken } = instruction;
  if (!keywords.has(keyword)) {
    refuse(line, `unknown instruction ${quote(keyword)}; the nearest is ${closest(keyword, [...keywords])}`);
  }
  checkInstruction(instruction);
  if (keyword !== Keyword.ONBUILD) return;
  const trigger = readInstruction(text, line, escapeToken).keyword;
  if (noTriggers.has(trigger)) refuse(line, `${trigger} cannot be triggered by ONBUILD`);
}

function stagesOf(instructions: readonly Instruction[]): readonly DeclaredStage[] {
  const stages: (DeclaredStage & { readonly instructions: Instruction[] })[] = [];
  for (const instruction of instructions) {
    if (instruction.keyword === Keyword.FROM) stages.push({ ...readFrom(instruction), instructions: [] });
    else stages.at(-1)?.instructions.push(instruction);
  }
  return stages;
}

function readFrom(from: Instruction): Omit<DeclaredStage, "instructions"> {
  const words = argumentsOf(from);
  const [base = "", as, written] = words;
  const hasName = words.length === 3 && lower(as ?? "") === "as";
  if (words.length !== 1 && !hasName)
    refuse(from.line, "FROM needs one argument, or three: FROM image AS name");
  const name = hasName ? lower(written ?? "") : null;
  if (name !== null && !/^[a-z][a-z0-9\-_.]*$/.test(name)) {
    refuse(
      from.line,
      `${quote(written ?? "")} cannot name a stage: a name begins with a letter and contains only letters, digits, - _ .`,
    );
  }
  checkFlags(from.flags, new Map([["platform", "once"]]), from.line);
  return { name, base, platform: flagValues(from.flags, "platform")[0] || null, from };
}
