import { posix } from "node:path";
import { expandWord } from "../parse/expand.ts";
import { flagValues } from "../parse/flags.ts";
import { heredocMarker } from "../parse/heredoc.ts";
import { argumentsOf, type Instruction } from "../parse/instruction.ts";
import { splitWords } from "../parse/words.ts";
import type { History } from "./history.ts";

/** Marks a part of an expected text that only the build knows. */
const gap = "\0";
const none: ReadonlyMap<string, string> = new Map();

/**
 * Reports whether BuildKit, or the legacy builder, may have written a history entry for an instruction.
 * Variables may have any value. Instructions that make no layer are compared only by keyword and names.
 */
export function isHistoryOf({ createdBy, emptyLayer }: History, instruction: Instruction): boolean {
  const { keyword } = instruction;
  const makesLayer = keyword === "RUN" || keyword === "COPY" || keyword === "ADD";
  // WORKDIR makes a layer unless it is the root directory.
  if (keyword !== "WORKDIR" && makesLayer === emptyLayer) return false;
  const text = collapse(createdBy);
  const legacy = /^\/bin\/sh -c #\(nop\) (.*)$/.exec(text)?.[1];
  if (legacy !== undefined) return legacy.trim().split(" ")[0] === keyword && keyword !== "RUN";
  if (keyword === "RUN") return isRun(text, instruction);
  const written = keyword === "WORKDIR" ? cleanWorkdir(text) : text.replace(/ # buildkit$/, "");
  return fits(written, collapse(expectedText(instruction)));
}

/** Returns the command of a RUN, in shell form or joined from JSON form, with its here-documents. */
export function commandOf({ text, json, heredocs }: Instruction): string {
  const [first] = heredocs;
  if (json !== undefined) return json.join(" ");
  if (first === undefined) return text;
  if (heredocMarker(text) === null) {
    return [text, ...heredocs.map(({ content, name }) => content + name)].join("\n");
  }
  return first.chomp ? first.content.replace(/^\t+/gm, "") : first.content;
}

/** Joins all lines into one and shortens each run of blanks to one space. */
export function collapse(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Compares the end: the command follows the build arguments and the shell, which the base image may set. */
function isRun(text: string, instruction: Instruction): boolean {
  const written = text.replace(/^RUN /, "").replace(/ # buildkit$/, "");
  const command = collapse(commandOf(instruction));
  // BuildKit writes a here-document that begins with #! to a file and runs that, except on Windows.
  const file = command.startsWith("#!") ? `/dev/pipes/${instruction.heredocs[0]?.name}` : command;
  return [command, file].some((end) => written === end || end === "" || written.endsWith(` ${end}`));
}

function expectedText(instruction: Instruction): string {
  const { keyword, text, escapeToken } = instruction;
  switch (keyword) {
    case "COPY":
    case "ADD":
      return copyText(instruction);
    case "WORKDIR":
      return `${keyword} ${workdir(expanded(text, instruction))}`;
    case "ARG": {
      const names = splitWords(text, escapeToken).map((word) => word.replace(/=.*$/s, ""));
      return [keyword, ...names.map((name) => name + gap)].join(" ");
    }
    case "ENV":
    case "LABEL": {
      const words = splitWords(text, escapeToken);
      const pairs = words[0]?.includes("=") ? words : words.slice(0, 1);
      const names = pairs.map((word) => expanded(word.replace(/=.*$/s, ""), instruction));
      return [keyword, ...names.map((name) => `${name}=${gap}`)].join(" ");
    }
    default:
      return `${keyword} ${gap}`;
  }
}

/** BuildKit writes only these flags, then paths, then here-documents, then the destination. */
function copyText(instruction: Instruction): string {
  const { keyword, flags } = instruction;
  const words = argumentsOf(instruction);
  const sources = words.slice(0, -1);
  const paths = sources.filter((word) => heredocMarker(word) === null);
  const documents = sources.flatMap((word) => heredocMarker(word) ?? []);
  const valued = ["chown", "chmod"].flatMap((name) =>
    flagValues(flags, name)
      .filter((value) => value !== "")
      .map((value) => (value.includes("$") ? gap : `--${name}=${expanded(value, instruction)}`)),
  );
  return [
    keyword,
    ...(flags.some((flag) => /^--parents(?:=true)?$/i.test(flag)) ? ["--parents"] : []),
    ...valued,
    ...paths.map((word) => expanded(word, instruction)),
    ...documents.map(({ name }) => `<<${name}`),
    expanded(words.at(-1) ?? "", instruction),
  ].join(" ");
}

/** BuildKit writes the absolute directory: a relative one is below one that only the build knows. */
function workdir(path: string): string {
  if (path.includes(gap)) return gap;
  const clean = cleanPath(path);
  if (clean.startsWith("/")) return clean;
  return clean.startsWith(".") ? gap : `${gap}/${clean}`;
}

/** Cleans the directory, since only some versions of BuildKit clean an absolute one. */
function cleanWorkdir(text: string): string {
  return text.replace(/^WORKDIR (.*)$/, (_, path: string) => `WORKDIR ${cleanPath(path)}`);
}

function cleanPath(path: string): string {
  const clean = posix.normalize(path);
  return clean.length > 1 && clean.endsWith("/") ? clean.slice(0, -1) : clean;
}

/** Returns a word without quotes. The whole word is a gap if it contains variables. */
function expanded(word: string, { escapeToken, line }: Instruction): string {
  return word.includes("$") ? gap : expandWord(word, none, { escapeToken, line });
}

/** Reports whether a text consists of the expected parts, in order, with anything in their gaps. */
function fits(text: string, expected: string): boolean {
  // A variable may be empty, which leaves one blank in place of two.
  const [first = "", ...parts] = expected.replaceAll(` ${gap}`, gap).replaceAll(`${gap} `, gap).split(gap);
  const last = parts.pop();
  if (last === undefined) return text === first;
  let at = first.length;
  if (!text.startsWith(first)) return false;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
