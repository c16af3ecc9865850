import type { LeftBehind } from "../start/start.ts";

/** What a command makes, and where it certainly is in the stage. Directories are absolute. */
export interface Made {
  readonly kind: LeftBehind["kind"];
  /** the packages, the files that name them, or what is built */
  readonly what: readonly string[];
  readonly by: "pip" | "npm" | "gem" | "system" | "compiler" | "cargo" | "jvm";
  /** the directory of packages; otherwise the file that it makes, or the directory that it builds in */
  readonly into: string;
  /** the directory of the programs of packages; null if they have none */
  readonly programs: string | null;
}

export interface Arguments {
  /** by name, with dashes; the last value, or "" for an option without one */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
}

/**
 * Splits the arguments of an installer, which takes options and operands in any order.
 * @param valued names of options whose value is the next word; all others have none, or one after `=`
 */
export function argumentsOf(words: readonly string[], valued: ReadonlySet<string>): Arguments {
  const options = new Map<string, readonly string[]>();
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (!word.startsWith("-") || word === "-") {
      operands.push(word);
      continue;
    }
    const [, name = "", equals, value = ""] = /^([^=]*)(=?)(.*)$/s.exec(word) ?? [];
    const given = equals === "" && valued.has(name) ? (words[++at] ?? "") : value;
    options.set(name, [...(options.get(name) ?? []), given]);
  }
  return { options, operands };
}
