import { trim } from "./blank.ts";
import { checkFlags, type FlagKind, flagValues } from "./flags.ts";
import { checkHealthcheck } from "./healthcheck.ts";
import { heredocMarker } from "./heredoc.ts";
import { argumentsOf, type Instruction } from "./instruction.ts";
import { checkDevice, checkMount } from "./mounts.ts";
import { quote, refuse } from "./refuse.ts";
import { splitWords } from "./words.ts";

type Check = (instruction: Instruction) => void;

const noFlags: ReadonlyMap<string, FlagKind> = new Map();

const addFlags: ReadonlyMap<string, FlagKind> = new Map([
  ["chown", "once"],
  ["chmod", "once"],
  ["link", "switch"],
  ["keep-git-dir", "switch"],
  ["checksum", "once"],
  ["unpack", "switch"],
  ["exclude", "many"],
]);

const copyFlags: ReadonlyMap<string, FlagKind> = new Map([
  ["chown", "once"],
  ["from", "once"],
  ["chmod", "once"],
  ["link", "switch"],
  ["exclude", "many"],
  ["parents", "switch"],
]);

const runFlags: ReadonlyMap<string, FlagKind> = new Map([
  ["mount", "many"],
  ["network", "once"],
  ["security", "once"],
  ["device", "many"],
]);

/** As in BuildKit, ARG and STOPSIGNAL ignore flags. FROM has a check of its own. */
const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["ADD", (instruction) => checkCopy(instruction, addFlags)],
  ["ARG", checkArg],
  ["CMD", checkNoFlags],
  ["COPY", (instruction) => checkCopy(instruction, copyFlags)],
  ["ENTRYPOINT", checkNoFlags],
  ["ENV", checkKeyValues],
  ["EXPOSE", checkArguments],
  ["HEALTHCHECK", checkHealthcheck],
  ["LABEL", checkKeyValues],
  ["MAINTAINER", checkArguments],
  ["ONBUILD", checkArguments],
  ["RUN", checkRun],
  ["SHELL", checkShell],
  ["STOPSIGNAL", checkText],
  ["USER", checkArguments],
  ["VOLUME", checkVolume],
  ["WORKDIR", checkArguments],
]);

/**
 * Refuses what BuildKit's instructions package refuses in an instruction before anything is expanded or
 * built.
 * @throws Failure `dockerfile-invalid`
 */
export function checkInstruction(instruction: Instruction): void {
  checks.get(instruction.keyword)?.(instruction);
}

/** Refuses what BuildKit's parser refuses, which also reads ONBUILD triggers. They are checked no further. */
export function checkSyntax({ keyword, text, line, escapeToken }: Instruction): void {
  if (keyword !== "ENV" && keyword !== "LABEL") return;
  const [first, ...rest] = splitWords(text, escapeToken);
  if (first === undefined) return;
  // the old form, `ENV name value`: the value is the rest of the line
  if (!first.includes("=")) {
    if (!/[\t\v\f\r ]/.test(text)) refuse(line, `${keyword} must have two arguments`);
    return;
  }
  for (const word of rest)
    if (!word.includes("=")) refuse(line, `${quote(word)} does not have the form name=value`);
}

function checkNoFlags({ flags, line }: Instruction): void {
  checkFlags(flags, noFlags, line);
}

function checkText({ keyword, text, line }: Instruction): void {
  if (text === "") refuse(line, `${keyword} needs an argument`);
}

function checkArguments(instruction: Instruction): void {
  checkText(instruction);
  checkNoFlags(instruction);
}

function checkArg({ text, escapeToken, line }: Instruction): void {
  const words = splitWords(text, escapeToken);
  if (words.length === 0) refuse(line, "ARG needs an argument");
  if (words.some((word) => word.startsWith("="))) refuse(line, "the name of an ARG is blank");
}

function checkKeyValues(instruction: Instruction): void {
  checkNoFlags(instruction);
  const { keyword, text, escapeToken, line } = instruction;
  const words = splitWords(text, escapeToken);
  const [first = ""] = words;
  if (words.length === 0) refuse(line, `${keyword} needs an argument`);
  if (first.includes("=") && words.some((word) => word.startsWith("=")))
    refuse(line, `a name in ${keyword} is blank`);
}

function checkCopy(instruction: Instruction, known: ReadonlyMap<string, FlagKind>): void {
  const { keyword, flags, line } = instruction;
  const words = argumentsOf(instruction);
  if (words.length < 2) refuse(line, `${keyword} needs a source and a destination`);
  checkFlags(flags, known, line);
  if (heredocMarker(words.at(-1) ?? "") !== null) refuse(line, `${keyword} cannot copy to a here-document`);
}

function checkRun({ flags, line }: Instruction): void {
  checkFlags(flags, runFlags, line);
  for (const mount of flagValues(flags, "mount")) checkMount(mount, line);
  for (const device of flagValues(flags, "device")) checkDevice(device, line);
  checkOneOf("network", flagValues(flags, "network"), ["default", "none", "host"], line);
  checkOneOf("security", flagValues(flags, "security"), ["sandbox", "insecure"], line);
}

function checkOneOf(name: string, values: readonly string[], known: readonly string[], line: number): void {
  for (const value of values)
    if (!known.includes(value)) refuse(line, `${quote(value)} is not a value of --${name}`);
}

function checkShell(instruction: Instruction): void {
  checkNoFlags(instruction);
  if (instruction.json === undefined || instruction.json.length === 0) {
    refuse(instruction.line, "SHELL needs a JSON array of at least one string");
  }
}

function checkVolume(instruction: Instruction): void {
  const words = argumentsOf(instruction);
  if (words.length === 0) refuse(instruction.line, "VOLUME needs an argument");
  checkNoFlags(instruction);
  if (words.some((word) => trim(word) === "")) refuse(instruction.line, "a path in VOLUME is blank");
}
