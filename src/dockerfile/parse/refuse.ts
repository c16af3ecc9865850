import { Failure } from "../../failure.ts";

const quotedLength = 80;

/** Characters of one expanded text. A Dockerfile is at most 1 MiB, but values that hold each other grow with every line. */
export const expandedLimit = 1024 * 1024;

/** Ends the reading of a text with a clause that says what is wrong with it. */
export type Fail = (what: string) => never;

/**
 * Ends the reading of a Dockerfile that BuildKit refuses.
 * @param line 1-based
 * @param what a clause without its full stop, such as `unknown instruction "RUNN"`
 */
export function refuse(line: number, what: string): never {
  throw new Failure(
    "dockerfile-invalid",
    `Dockerfile line ${line}: ${what}. docker build refuses it too; correct that line.`,
  );
}

/** Text of the Dockerfile inside a message: quoted, on one line, of bounded length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > quotedLength ? `${text.slice(0, quotedLength)}…` : text);
}
