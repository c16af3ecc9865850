import { isBusyboxApplet } from "./busybox-applets.ts";
import type { Call } from "./call.ts";
import { operandsOf } from "./options.ts";
import { hasApplets, type Wrapped } from "./wrapped.ts";

/**
 * Reads the arguments of env(1): options, `NAME=value`, then a command, which env looks for in the new PATH.
 */
export function envWrapped(call: Call): Wrapped {
  const isBusybox = hasApplets(call.program);
  const split = splitString(call.argv.slice(1));
  if (split === null || (split.isSplit && isBusybox)) return unknown;
  // A single `-` means `-i`.
  const words = split.words.map((word, at) => (word === "-" && at === 0 ? "-i" : word));
  const taken = operandsOf(words, {
    flags: "iv0",
    valued: "u",
    longFlags: ["ignore-environment", "debug"],
    longValued: ["unset"],
  });
  if (taken === null) return unknown;
  let env = call.env;
  for (const [name, value] of taken.options) {
    if (name === "i" || name === "ignore-environment") env = [];
    if (name === "u" || name === "unset") env = env.filter((variable) => !variable.startsWith(`${value}=`));
  }
  const first = taken.operands.findIndex((word) => !word.includes("="));
  if (first === -1) return call.isArgvKnown ? { kind: "end" } : unknown;
  return {
    kind: "command",
    argv: taken.operands.slice(first),
    env: [...env, ...taken.operands.slice(0, first)],
    ...(isBusybox ? { isBuiltIn: isBusyboxApplet } : {}),
  };
}

const unknown = { kind: "unknown", why: "The options of env do not show what it executes." } as const;

/**
 * Splits the text of `-S`. Scripts use it because a `#!` line passes only one argument.
 * @returns null if the text has quotes, escapes or variables
 */
function splitString(
  words: readonly string[],
): { readonly words: readonly string[]; readonly isSplit: boolean } | null {
  const [first = "", ...rest] = words;
  const option = /^(?:-v?S|--split-string(?:=|$))/.exec(first)?.[0];
  if (option === undefined) return { words, isSplit: false };
  const [text = "", ...following] =
    option.length < first.length ? [first.slice(option.length), ...rest] : rest;
  if (/["'\\$#]/.test(text)) return null;
  return {
    words: [...text.split(/[ \t\n\v\f\r]+/).filter((word) => word !== ""), ...following],
    isSplit: true,
  };
}
