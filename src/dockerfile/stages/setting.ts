import type { Instruction } from "../parse/instruction.ts";

/** The value of a setting in a Dockerfile. BuildKit expands variables in it. */
export interface Setting {
  /** as written */
  readonly text: string;
  /** whether its value may contain that of a variable, and so of a build argument */
  readonly hasVariable: boolean;
  /** false if it continues the base image's value */
  readonly isWhole: boolean;
}

/**
 * Returns the last USER. Null if there is none.
 * @param instructions of the target and the stages that it is built from, in the order in which BuildKit runs
 * them
 */
export function writtenUser(instructions: readonly Instruction[]): Setting | null {
  const text = instructions.findLast(({ keyword }) => keyword === "USER")?.text.trim();
  return text === undefined ? null : { text, hasVariable: text.includes("$"), isWhole: true };
}

/**
 * Returns the last WORKDIR. Null if there is none. A relative one is joined to the one before it.
 * @param instructions as for `writtenUser`
 */
export function writtenWorkingDirectory(instructions: readonly Instruction[]): Setting | null {
  return instructions
    .filter(({ keyword }) => keyword === "WORKDIR")
    .reduce<Setting | null>((above, { text }) => workingDirectoryBelow(above, text.trim()), null);
}

function workingDirectoryBelow(above: Setting | null, written: string): Setting {
  const hasVariable = written.includes("$");
  if (/^["']?\//.test(written)) return { text: written, hasVariable, isWhole: true };
  // A path that begins with a variable or a quote is kept as it is: it may be absolute.
  const isBelow = above !== null && /^[\w.@-]/.test(written);
  return {
    text: isBelow ? `${above.text.replace(/\/$/, "")}/${written}` : written,
    hasVariable: hasVariable || above?.hasVariable === true,
    isWhole: above?.isWhole === true,
  };
}
