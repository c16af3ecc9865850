import { splitAtBlanks, trim } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";
import type { Heredoc } from "./heredoc.ts";
import { refuse } from "./refuse.ts";

/** One instruction of a Dockerfile as BuildKit parses it. */
export interface Instruction {
  /** in upper case */
  readonly keyword: string;
  /** 1-based, first physical line */
  readonly line: number;
  /** 1-based, last physical line, here-documents included */
  readonly endLine: number;
  /** `--name=value`, without quotes and escapes */
  readonly flags: readonly string[];
  /** the arguments after the flags: continuation lines joined, comments removed, nothing expanded */
  readonly text: string;
  /** the arguments, if they are a JSON array of strings */
  readonly json?: readonly string[];
  readonly heredocs: readonly Heredoc[];
  /** the escape character in `text` */
  readonly escapeToken: EscapeToken;
}

const jsonKeywords = new Set(["ADD", "CMD", "COPY", "ENTRYPOINT", "RUN", "SHELL", "VOLUME"]);

/**
 * Returns an instruction's arguments in JSON form. Null if they are in shell form.
 * @throws Failure `dockerfile-invalid` if they are a JSON array of anything but strings
 */
export function jsonArguments(keyword: string, text: string, line: number): readonly string[] | null {
  const source = keyword === "HEALTHCHECK" ? healthcheckCommand(text) : text;
  if (!(jsonKeywords.has(keyword) || keyword === "HEALTHCHECK") || !source.startsWith("[")) return null;
  const values = parseArray(source);
  if (values === null) return null;
  return values.map((value) =>
    typeof value === "string" ? value : refuse(line, "the JSON form may contain only strings"),
  );
}

/** Returns the arguments of ADD, COPY, EXPOSE, FROM or VOLUME, which are separated by blanks. */
export function argumentsOf(instruction: Pick<Instruction, "json" | "text">): readonly string[] {
  return instruction.json ?? (instruction.text === "" ? [] : splitAtBlanks(instruction.text));
}

/** Returns what follows the type (CMD or NONE) of a HEALTHCHECK. */
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
