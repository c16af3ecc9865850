import { flagValues } from "../parse/flags.ts";
import { heredocMarker } from "../parse/heredoc.ts";
import { argumentsOf, type Instruction } from "../parse/instruction.ts";
import { type Lexed, type LexOptions, lex } from "../parse/lexer.ts";
import { checkBuiltMount } from "../parse/mounts.ts";
import { checkPort } from "../parse/ports.ts";
import { quote, refuse } from "../parse/refuse.ts";
import { checkSignal } from "../parse/signals.ts";
import { splitWords } from "../parse/words.ts";

/** Stands for the variables of the build, with an arbitrary value for each. */
const anyVariables = { get: () => "x" };

/** The context of an instruction: the instructions before it, and the build. */
export interface BuiltIn {
  /** whether its command runs in the root directory, as far as the Dockerfile shows */
  readonly inRoot: boolean;
  /** the defaults of these ARGs are not used */
  readonly buildArgs: ReadonlyMap<string, string>;
}

/**
 * Refuses what BuildKit refuses in an instruction when it builds the stage, as far as that does not depend on
 * the values of variables.
 * @throws Failure `dockerfile-invalid`
 */
export function checkBuilt(instruction: Instruction, { inRoot, buildArgs }: BuiltIn): void {
  const { keyword, flags, text, escapeToken, line } = instruction;
  const expand = (word: string, options: LexOptions = { escapeToken }): Lexed =>
    lex(word, anyVariables, options, (what) => refuse(line, `${quote(word)} cannot be expanded: ${what}`));
  const expanded = (word: string): string | null => {
    const { text: value } = expand(word);
    return word.includes("$") ? null : value;
  };

  for (const word of expandedWords(instruction, buildArgs)) expand(word);
  // In here-documents, quotes are ordinary characters and the escape character is always a backslash.
  for (const content of copiedDocuments(instruction))
    expand(content, { escapeToken: "\\", ignoreQuotes: true });

  switch (keyword) {
    case "RUN":
      for (const mount of flagValues(flags, "mount")) checkBuiltMount(mount, line, inRoot, expanded);
      break;
    case "EXPOSE": {
      const known = argumentsOf(instruction).filter((word) => !word.includes("$"));
      for (const word of known) for (const port of expand(word).words) checkPort(port, line);
      break;
    }
    case "STOPSIGNAL": {
      const signal = expanded(text);
      if (signal !== null) checkSignal(signal, line);
      break;
    }
    case "ADD":
    case "COPY":
      for (const mode of flagValues(flags, "chmod").map(expanded)) if (mode !== null) checkMode(mode, line);
  }
}

function expandedWords(instruction: Instruction, buildArgs: ReadonlyMap<string, string>): readonly string[] {
  const { keyword, text, flags, escapeToken } = instruction;
  switch (keyword) {
    case "ADD":
    case "COPY":
      return [
        ...["chown", "chmod", "checksum"].flatMap((name) => flagValues(flags, name)),
        ...argumentsOf(instruction).filter((word) => heredocMarker(word) === null),
      ];
    case "ARG":
      return splitWords(text, escapeToken)
        .map(nameAndValue)
        .flatMap(([name, value]) => (value === null || buildArgs.has(name) ? [] : [value]));
    case "ENV":
    case "LABEL": {
      const [first = "", ...rest] = splitWords(text, escapeToken);
      // the old form, `ENV name value`: the value is the rest of the line
      if (!first.includes("=")) return [first, text.slice(first.length)];
      return [first, ...rest].flatMap((word) => nameAndValue(word).filter((part) => part !== null));
    }
    case "EXPOSE":
    case "VOLUME":
      return argumentsOf(instruction);
    case "STOPSIGNAL":
    case "USER":
    case "WORKDIR":
      return [text];
    default:
      return [];
  }
}

function nameAndValue(word: string): readonly [name: string, value: string | null] {
  const at = word.indexOf("=");
  return at === -1 ? [word, null] : [word.slice(0, at), word.slice(at + 1)];
}

function copiedDocuments({ keyword, heredocs }: Instruction): readonly string[] {
  return keyword === "RUN" ? [] : heredocs.filter(({ expand }) => expand).map(({ content }) => content);
}

/** Checks an octal mode. A symbolic one, as in chmod(1), is left to the build. */
function checkMode(mode: string, line: number): void {
  if (!/^[0-9]+$/.test(mode)) return;
  if (!/^[0-7]+$/.test(mode) || Number.parseInt(mode, 8) > 0o7777) {
    refuse(line, `${quote(mode)} is not a file mode, which is octal and at most 7777`);
  }
}
