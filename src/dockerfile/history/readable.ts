import { argumentsOf, type Instruction } from "../parse/instruction.ts";
import { collapse, commandOf } from "./history-text.ts";

/**
 * Returns a history entry on one line, as a person would have written the instruction. It omits the shell,
 * the builder's marks and the values of build arguments, which may be secrets. If the values cannot be
 * separated from the command, neither is shown.
 * @param createdBy as in an image config's history; untrusted input
 */
export function readableInstruction(createdBy: string): string {
  const text = collapse(createdBy).replace(/ # buildkit$/, "");
  const metadata = /^\/bin\/sh -c #\(nop\) (.*)$/.exec(text)?.[1]?.trim() ?? text;
  if (/^(?:ARG|ENV) /.test(metadata)) return metadata.replace(/^(\S+ [^= ]+)[= ].*$/, "$1=…");
  const run = text.replace(/^RUN /, "");
  if (/^\|[0-9]+ /.test(run)) return `RUN ${withoutArguments(run)}`.trim();
  if (metadata !== text) return metadata;
  const command = /^\/bin\/(?:ba)?sh -c (.*)$/.exec(run)?.[1];
  return command === undefined ? text : `RUN ${command}`;
}

/** A history entry, read as an instruction. */
export interface HistoryInstruction {
  /** one that makes a layer or configures how the image runs; null if no known builder writes it so */
  readonly keyword: string | null;
  /** as a person would have written it, on one line */
  readonly text: string;
}

/**
 * Reads a history entry as an instruction.
 * @param createdBy untrusted input, of any length
 */
export function readHistory(createdBy: string): HistoryInstruction {
  const text = readableInstruction(createdBy.slice(0, maxLength));
  return { keyword: knownKeyword.exec(text)?.[0] ?? null, text };
}

/** In characters. */
const maxLength = 4000;
const knownKeyword = /^(?:RUN|COPY|ADD|WORKDIR|ENV|CMD|ENTRYPOINT|LABEL|USER|VOLUME|EXPOSE)(?= )/;

/** Returns an instruction on one line, unexpanded. Omits the flags of RUN: long, and of little interest. */
export function writtenInstruction(instruction: Instruction): string {
  const { keyword, flags, json, text } = instruction;
  if (keyword === "RUN") return collapse(`RUN ${commandOf(instruction)}`);
  return collapse([keyword, ...flags, ...(json === undefined ? [text] : argumentsOf(instruction))].join(" "));
}

/** Returns what may be shown of a history entry with a possible secret in it. Null if that is nothing. */
export function concealedInstruction(createdBy: string): string | null {
  const keyword = /^[A-Z]+(?= )/.exec(readableInstruction(createdBy))?.[0];
  return keyword === undefined || !layerKeywords.has(keyword) ? null : `${keyword} …`;
}

const layerKeywords: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN", "WORKDIR"]);

/** Reduces `|2 A=1 B=2 /bin/sh -c make` to `make`. The last shell counts, since a value may contain one. */
function withoutArguments(run: string): string {
  const shell = "/bin/sh -c ";
  const at = run.lastIndexOf(` ${shell}`);
  return at === -1 ? "…" : run.slice(at + 1 + shell.length);
}
