import { Failure } from "../../failure.ts";

/** Something wrong in a policy file. */
export interface Mistake {
  /** 1-based */
  readonly line: number;
  /** 1-based */
  readonly column: number;
  /** what is wrong and what to write instead, as sentences */
  readonly message: string;
}

/** Returns the failure of a policy file with mistakes, each on a line of its own, as compilers write them. */
export function policyInvalid(where: string, mistakes: readonly Mistake[]): Failure {
  const shown = mistakes.slice(0, maxMistakes).map((mistake) => `\n  ${lineOf(where, mistake)}`);
  const count = mistakes.length === 1 ? "a mistake" : `${mistakes.length} mistakes`;
  return new Failure("policy-invalid", `The policy file ${where} has ${count}:${shown.join("")}`);
}

/** Returns `path:line:column: message`. */
export function lineOf(where: string, { line, column, message }: Mistake): string {
  return `${where}:${line}:${column}: ${message}`;
}

const maxMistakes = 10;
