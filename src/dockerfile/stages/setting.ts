import type { Instruction } from "../parse/instruction.ts";

/** What a Dockerfile says of a setting into which BuildKit writes the values of variables. */
export interface Setting {
  /** as written */
  readonly text: string;
  /** whether its value may hold that of a variable, and so of a build argument */
  readonly hasVariable: boolean;
  /** false: it begins with what the base image says */
  readonly isWhole: boolean;
}

/** The last USER. @param instructions of the target and the stages that it is built on, as BuildKit runs them */
export function writtenUser(instructions: readonly Instruction[]): Setting | null {
  const text = instructions.findLast(({ keyword }) => keyword === "USER")?.text.trim();
  return text === undefined ? null : { text, hasVariable: text.includes("$"), isWhole: true };
}

/** The last WORKDIR; a relative one is below the one before. @param instructions as for the user */
export function writtenWorkingDirectory(instructions: readonly Instruction[]): Setting | null {
  return instructions
    .filter(({ keyword }) => keyword === "WORKDIR")
    .reduce<Setting | null>((above, { text }) => workingDirectoryBelow(above, text.trim()), null);
}

function workingDirectoryBelow(above: Setting | null, written: string): Setting {
  const hasVariable = written.includes("$");
  if (/^["']?\//.test(written)) return { text: written, hasVariable, isWhole: true };
  // What begins with a variable or a quote stands by itself: whether it is below the other cannot be told.
  const isBelow = above !== null && /^[\w.@-]/.test(written);
  return {
    text: isBelow ? `${above.text.replace(/\/$/, "")}/${written}` : written,
    hasVariable: hasVariable || above?.hasVariable === true,
    isWhole: above?.isWhole === true,
  };
}
