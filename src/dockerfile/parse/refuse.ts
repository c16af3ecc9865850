import { Failure } from "../../failure.ts";

const maxQuotedLength = 80;

/**
 * The longest text that an expansion may produce, in characters. A Dockerfile is at most 1 MiB, but values
 * that refer to each other can double with every line.
 */
export const expandedLimit = 1024 * 1024;

/** Stops the expansion of a text. The argument is a clause that says what is wrong with it. */
export type Fail = (what: string) => never;

/**
 * Fails because BuildKit refuses the Dockerfile, too.
 * @param line 1-based
 * @param what a clause without a full stop, such as `unknown instruction "RUNN"`
 * @throws Failure `dockerfile-invalid`, always
 */
export function refuse(line: number, what: string): never {
  throw new Failure(
    "dockerfile-invalid",
    `Dockerfile line ${line}: ${what}. docker build refuses it, too. Correct that line.`,
  );
}

/** Quotes text of the Dockerfile for a message: on one line and shortened to a bounded length. */
export function quote(text: string): string {
  return JSON.stringify(text.length > maxQuotedLength ? `${text.slice(0, maxQuotedLength)}…` : text);
}
