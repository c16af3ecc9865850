import { Failure } from "../../failure.ts";

/** 1-based. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Something wrong in a policy file. */
export interface Mistake extends Place {
  /** what is wrong and what to write instead, as sentences */
  readonly message: string;
}

/**
 * Returns what a parser makes of the value at a place; null if it throws a Failure, which becomes a mistake there.
 * @param mistakes receives the mistake
 */
export function attempt<T>({ line, column }: Place, mistakes: Mistake[], parse: () => T): T | null {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    mistakes.push({ line, column, message: error.message });
    return null;
  }
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
