import { argumentsOf, type Instruction } from "../parse/instruction.ts";
import { collapse, commandOf } from "./history-text.ts";

/**
 * A history entry as a person would have written the instruction, on one line: without the shell, the marks of the
 * builder, and the values of build arguments, which may be secrets. Where the values cannot be told from the command
 * for sure, neither is shown.
 * @param createdBy as in an image config's history; text of a stranger
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

/** A history entry, read as the instruction that it stands for. */
export interface HistoryInstruction {
  /** of those that make a layer, or say how the image is run; null where the text follows no builder's habit */
  readonly keyword: string | null;
  /** as a person would have written it, on one line */
  readonly text: string;
}

/** @param createdBy of any length: a stranger wrote it */
export function readHistory(createdBy: string): HistoryInstruction {
  const text = readableInstruction(createdBy.slice(0, maxLength));
  return { keyword: knownKeyword.exec(text)?.[0] ?? null, text };
}

/** In characters. */
const maxLength = 4000;
const knownKeyword = /^(?:RUN|COPY|ADD|WORKDIR|ENV|CMD|ENTRYPOINT|LABEL|USER|VOLUME|EXPOSE)(?= )/;

/** An instruction of a Dockerfile on one line, unexpanded. What a RUN mounts says little of the layer, and is long. */
export function writtenInstruction(instruction: Instruction): string {
  const { keyword, flags, json, text } = instruction;
  if (keyword === "RUN") return collapse(`RUN ${commandOf(instruction)}`);
  return collapse([keyword, ...flags, ...(json === undefined ? [text] : argumentsOf(instruction))].join(" "));
}

/** All that may be told of a history entry in which a value could stand that nobody may see; null where that is nothing. */
export function concealedInstruction(createdBy: string): string | null {
  const keyword = /^[A-Z]+(?= )/.exec(readableInstruction(createdBy))?.[0];
  return keyword === undefined || !layerKeywords.has(keyword) ? null : `${keyword} …`;
}

const layerKeywords: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN", "WORKDIR"]);

/** `|2 A=1 B=2 /bin/sh -c make` is `make`: a value may hold blanks, even a shell's name, so the last shell counts. */
function withoutArguments(run: string): string {
  const shell = "/bin/sh -c ";
  const at = run.lastIndexOf(` ${shell}`);
  return at === -1 ? "…" : run.slice(at + 1 + shell.length);
}
