/** The options of a program, as getopt_long(3) reads them up to the first operand. */
export interface OptionSpec {
  /** letters without a value */
  readonly flags: string;
  /** letters with a value */
  readonly valued: string;
  /** long names without a value, without the dashes */
  readonly longFlags?: readonly string[];
  /** long names with a value */
  readonly longValued?: readonly string[];
}

export interface Operands {
  /** the given options in order, each as its letter or long name, and its value */
  readonly options: readonly (readonly [name: string, value: string])[];
  /** what follows the options */
  readonly operands: readonly string[];
}

/** Splits arguments into options and operands. @returns null if an option is unknown or lacks its value */
export function operandsOf(args: readonly string[], spec: OptionSpec): Operands | null {
  const options: [string, string][] = [];
  for (let at = 0; ; at++) {
    const word = args[at];
    if (word === undefined || !word.startsWith("-") || word === "-")
      return { options, operands: args.slice(at) };
    if (word === "--") return { options, operands: args.slice(at + 1) };
    const taken = word.startsWith("--")
      ? longOption(word, args[at + 1], spec)
      : letters(word, args[at + 1], spec);
    if (taken === null) return null;
    options.push(...taken.options);
    if (taken.usesNext) at++;
  }
}

interface Taken {
  readonly options: readonly [string, string][];
  readonly usesNext: boolean;
}

function longOption(word: string, next: string | undefined, spec: OptionSpec): Taken | null {
  const [, name = "", equals, value = ""] = /^--([^=]*)(=?)(.*)$/s.exec(word) ?? [];
  if (spec.longFlags?.includes(name) && equals === "") return { options: [[name, ""]], usesNext: false };
  if (!spec.longValued?.includes(name)) return null;
  if (equals === "=") return { options: [[name, value]], usesNext: false };
  return next === undefined ? null : { options: [[name, next]], usesNext: true };
}

function letters(word: string, next: string | undefined, { flags, valued }: OptionSpec): Taken | null {
  const options: [string, string][] = [];
  for (let at = 1; at < word.length; at++) {
    const letter = word.charAt(at);
    if (flags.includes(letter)) {
      options.push([letter, ""]);
      continue;
    }
    if (!valued.includes(letter)) return null;
    const rest = word.slice(at + 1);
    if (rest !== "") return { options: [...options, [letter, rest]], usesNext: false };
    return next === undefined ? null : { options: [...options, [letter, next]], usesNext: true };
  }
  return { options, usesNext: false };
}
