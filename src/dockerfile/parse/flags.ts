import { isBlank } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";
import { quote, refuse } from "./refuse.ts";

/** What a flag takes: `switch` an optional boolean, `once` one value, `many` a value each time it appears. */
export type FlagKind = "switch" | "once" | "many";

/**
 * Takes the leading `--name=value` words off an instruction's arguments. BuildKit reads bytes here, not
 * characters: a byte 0x85 or 0xA0 inside a character separates words, and any other character is returned as
 * its bytes.
 */
export function takeFlags(
  text: string,
  escapeToken: EscapeToken,
): { readonly flags: readonly string[]; readonly rest: string } {
  const bytes = Buffer.from(text).toString("latin1");
  const flags: string[] = [];
  let at = 0;
  for (;;) {
    while (at < bytes.length && isBlank(bytes.charAt(at))) at++;
    if (!bytes.startsWith("--", at)) break;
    const word = takeWord(bytes, at, escapeToken);
    at = word.end;
    if (word.text === "--") break;
    flags.push(word.text);
  }
  return { flags, rest: Buffer.from(bytes.slice(at), "latin1").toString() };
}

/** Refuses flags that the instruction does not have, that lack a value or that are given twice. */
export function checkFlags(
  flags: readonly string[],
  known: ReadonlyMap<string, FlagKind>,
  line: number,
): void {
  const used = new Set<string>();
  for (const flag of flags) {
    const [name, value] = splitFlag(flag);
    const kind = known.get(name);
    if (kind === undefined) refuse(line, `unknown flag ${quote(`--${name}`)}`);
    if (kind !== "many" && used.has(name)) refuse(line, `the flag --${name} is given twice`);
    used.add(name);
    if (kind === "switch") checkSwitch(name, value, line);
    else if (value === null) refuse(line, `the flag --${name} needs a value`);
  }
}

/** Returns the values of a flag, in order. */
export function flagValues(flags: readonly string[], name: string): readonly string[] {
  return flags.map(splitFlag).flatMap(([key, value]) => (key === name && value !== null ? [value] : []));
}

/** Reads one word and removes its quotes and escapes. */
function takeWord(
  bytes: string,
  start: number,
  escapeToken: EscapeToken,
): { readonly text: string; readonly end: number } {
  let text = "";
  let quoteMark: string | null = null;
  let at = start;
  for (; at < bytes.length; at++) {
    const character = bytes.charAt(at);
    if (quoteMark === null && isBlank(character)) break;
    if (quoteMark === null && (character === "'" || character === '"')) quoteMark = character;
    else if (character === quoteMark) quoteMark = null;
    else if (character === escapeToken) text += bytes.charAt(++at);
    else text += character;
  }
  return { text, end: Math.min(at, bytes.length) };
}

function splitFlag(flag: string): readonly [name: string, value: string | null] {
  const at = flag.indexOf("=");
  return at === -1 ? [flag.slice(2), null] : [flag.slice(2, at), flag.slice(at + 1)];
}

function checkSwitch(name: string, value: string | null, line: number): void {
  if (value !== null && !["true", "false"].includes(value.toLowerCase())) {
    refuse(line, `the flag --${name} takes true or false, not ${quote(value)}`);
  }
}
