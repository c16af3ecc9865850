import { splitAtBlanks, trim } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";
import type { Heredoc } from "./heredoc.ts";
import { refuse } from "./refuse.ts";

/** One instruction of a Dockerfile as BuildKit reads it. */
export interface Instruction {
  /** upper case */
  readonly keyword: string;
  /** 1-based, first physical line */
  readonly line: number;
  /** 1-based, last physical line, inline documents included */
  readonly endLine: number;
  /** `--name=value`, quotes and escapes taken out */
  readonly flags: readonly string[];
  /** the arguments behind the flags: continuation lines joined, comments gone, nothing expanded */
  readonly text: string;
  /** the arguments where they are a JSON array of strings */
  readonly json?: readonly string[];
  readonly heredocs: readonly Heredoc[];
  /** what `text` is read with */
  readonly escapeToken: EscapeToken;
}

const jsonKeywords = new Set(["ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"]);

/**
 * The JSON form of an instruction's arguments, or null where they are meant for a shell.
 * @throws Failure `dockerfile-invalid` where they are a JSON array of anything but strings
 */
export function jsonArguments(keyword: string, text: string, line: number): readonly string[] | null {
  const source = keyword === "HEALTHCHECK" ? healthcheckCommand(text) : text;
  if (!(jsonKeywords.has(keyword) || keyword === "HEALTHCHECK") || !source.startsWith("[")) return null;
  const values = parseArray(source);
  if (values === null) return null;
  return values.map((value) =>
    typeof value === "string" ? value : refuse(line, "an array in JSON form may hold strings only"),
  );
}

/** The arguments of ADD, COPY, EXPOSE, FROM and VOLUME, which are separated by blanks. */
export function argumentsOf(instruction: Pick<Instruction, "json" | "text">): readonly string[] {
  return instruction.json ?? (instruction.text === "" ? [] : splitAtBlanks(instruction.text));
}

/** What follows the type, CMD or NONE, of a HEALTHCHECK. */
export function healthcheckCommand(text: string): string {
  return trim(text.replace(/^[^\t\n\v\f\r ]+/, ""));
}

function parseArray(text: string): readonly unknown[] | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
