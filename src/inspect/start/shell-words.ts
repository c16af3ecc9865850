/** A command in a shell's text. All text is bytes. */
export interface ShellCommand {
  /** `NAME=value` before the command, for its environment only */
  readonly assignments: readonly string[];
  /** the words up to the first that depends on a variable, a pattern or the like */
  readonly words: readonly string[];
  readonly areWordsKnown: boolean;
}

/**
 * Reads a text of one plain command, without list, pipe, redirection, group or comment.
 * @returns null for other texts
 */
export function plainCommand(text: string): ShellCommand | null {
  const command = firstCommand(text);
  return command === null || /[^ \t\n]/.test(command.rest) ? null : command;
}

/**
 * Reads the first simple command of a text by the shell's grammar (POSIX.1-2017, Shell Command Language 2.2,
 * 2.3, 2.9.1).
 * @returns the command and the text after it, which begins with an operator; null if there is no command, or
 *   if its name or an assignment is not plain
 */
export function firstCommand(text: string): (ShellCommand & { readonly rest: string }) | null {
  if (text.length > maxTextLength) return null;
  const assignments: string[] = [];
  const words: string[] = [];
  let areWordsKnown = true;
  let at = 0;
  for (;;) {
    const [blanks = ""] =
      matchAt(words.length === 0 ? /(?:[ \t\n]|\\\n)*/y : /(?:[ \t]|\\\n)*/y, text, at) ?? [];
    at += blanks.length;
    // A `#` begins a comment only where a word would begin.
    if (at === text.length || /[;&|<>()\n#]/.test(text.charAt(at))) break;
    const word = wordAt(text, at);
    if (word === null) return null;
    const isAssignment = words.length === 0 && /^[A-Za-z_][A-Za-z0-9_]*=/.test(text.slice(at, word.end));
    at = word.end;
    if (word.value === null && (words.length === 0 || isAssignment)) return null;
    if (word.value === null) areWordsKnown = false;
    else if (isAssignment) assignments.push(word.value);
    else if (areWordsKnown) words.push(word.value);
  }
  return words.length === 0 ? null : { assignments, words, areWordsKnown, rest: text.slice(at) };
}

/**
 * Reads the operator after a command, with its redirections.
 * @param text as `firstCommand` returns it
 * @returns the operator, "" at the end of the text, and what follows; null if there is something else
 */
export function operatorAfter(text: string): { readonly operator: string; readonly after: string } | null {
  const rest = text.replace(/^(?:[ \t]*[0-9]?(?:>>?|<)&?[ \t]*[\w./-]{1,200})*[ \t]*(?:#[^\n]*)?/, "");
  const [operator = ""] = /^(?:&&|\|\||[;&|\n])/.exec(rest) ?? [];
  if (operator === "" && rest !== "") return null;
  return { operator, after: rest.slice(operator.length) };
}

/** Longer texts are not read. */
const maxTextLength = 32 * 1024;

const variable = /\$(?:[A-Za-z0-9_@*#?$!-]|\{[A-Za-z0-9_]+(?::?[-=+?][^"'\\`$}]*)?\})/y;

/** The pieces of words, with a function that returns the value of each; null if it is not plain. */
const pieces: readonly (readonly [RegExp, (inside: string) => string | null])[] = [
  [/([^\\'"$`*?[\]{}~!;&|<>() \t\n]+)/y, (inside) => inside],
  [/'([^']*)'/y, (inside) => inside],
  [/"((?:[^"\\`$]|\\.)*)"/sy, (inside) => inside.replace(/\\\n/g, "").replace(/\\([$`"\\])/g, "$1")],
  [new RegExp(`"((?:[^"\\\\\`$]|\\\\.|${variable.source})*)"`, "sy"), () => null],
  [/\\(\n)/y, () => ""],
  [/\\(.)/sy, (inside) => inside],
  [variable, () => null],
  [/[*?[\]{}~!]/y, () => null],
];

/** @returns null if a quote is not closed or contains a command */
function wordAt(text: string, start: number): { readonly end: number; readonly value: string | null } | null {
  let value: string | null = "";
  let at = start;
  while (at < text.length && !/[;&|<>() \t\n]/.test(text.charAt(at))) {
    const piece = pieceAt(text, at);
    if (piece === null) return null;
    value = value === null || piece.value === null ? null : value + piece.value;
    at += piece.length;
  }
  return { end: at, value };
}

function pieceAt(
  text: string,
  at: number,
): { readonly length: number; readonly value: string | null } | null {
  for (const [pattern, read] of pieces) {
    const [all, inside = ""] = matchAt(pattern, text, at) ?? [];
    if (all !== undefined && all !== "") return { length: all.length, value: read(inside) };
  }
  return null;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
