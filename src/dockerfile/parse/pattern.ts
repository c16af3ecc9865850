import { expandedLimit, type Fail } from "./refuse.ts";

/** `*` and `?` do not match a line end, like `.` in Go's regular expressions. */
type Token = { readonly kind: "star" | "any" } | { readonly kind: "character"; readonly character: string };

/** The work allowed for one match: tokens × characters. No legitimate Dockerfile needs more. */
const maxWork = 2 ** 20;

/** Removes the pattern from the start of the value: `${V#p}`, or `${V##p}` for the longest match. */
export function trimPrefix(value: string, pattern: string, longest: boolean, fail: Fail): string {
  const matcher = matcherOf(Array.from(value), tokensOf(pattern, fail), longest, fail);
  return matcher.characters.slice(matcher.end(0) ?? 0).join("");
}

/** Removes the pattern from the end, on reversed texts: `${V%p}`, or `${V%%p}` for the longest match. */
export function trimSuffix(value: string, pattern: string, longest: boolean, fail: Fail): string {
  const reversed = Array.from(value).reverse().join("");
  return Array.from(trimPrefix(reversed, reversePattern(pattern), longest, fail))
    .reverse()
    .join("");
}

/** Replaces the pattern: `${V/p/r}`, or `${V//p/r}` for all matches, as Go's ReplaceAllString does. */
export function replace(
  value: string,
  pattern: string,
  replacement: string,
  all: boolean,
  fail: Fail,
): string {
  const { characters, starts, end } = matcherOf(Array.from(value), tokensOf(pattern, fail), true, fail);
  const pieces: string[] = [];
  const dollars = replacement.split("$").length - 1;
  let added = 0;
  let copied = 0;
  for (let from = 0; from <= characters.length; ) {
    const start = starts(from);
    if (start === null) break;
    const stop = end(start) ?? start;
    pieces.push(characters.slice(copied, start).join(""));
    // As in Go, an empty match right after another match does not count.
    if (stop > copied || start === 0) {
      added += replacement.length + dollars * (stop - start);
      if (added > expandedLimit) fail(`the expanded text is longer than ${expandedLimit} characters`);
      pieces.push(all ? template(replacement, characters.slice(start, stop).join("")) : replacement);
    }
    copied = stop;
    if (!all) break;
    from = Math.max(stop, from + 1);
  }
  return pieces.join("") + characters.slice(copied).join("");
}

/** Splits a pattern into tokens. `\}` and `\/` are how these characters are written inside `${…}`. */
function tokensOf(pattern: string, fail: Fail): readonly Token[] {
  const characters = Array.from(pattern);
  const tokens: Token[] = [];
  for (let at = characters[0] === "\uFEFF" ? 1 : 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    const following = characters[at + 1];
    if (character === "*") tokens.push({ kind: "star" });
    else if (character === "?") tokens.push({ kind: "any" });
    else if (character !== "\\") tokens.push({ kind: "character", character });
    else if (following !== "}" && following !== "/") {
      if (following !== "*" && following !== "?" && following !== "\\") {
        fail(`invalid pattern (${pattern}) in substitution: invalid escape '\\${following ?? ""}'`);
      }
      tokens.push({ kind: "character", character: following });
      at++;
    }
  }
  return tokens;
}

/**
 * Finds what a backtracking regular expression would find, in time bounded by tokens × characters. A table
 * first records which suffixes of the pattern match where. Each star then takes as much, or as little, as the
 * table allows.
 */
function matcherOf(characters: readonly string[], tokens: readonly Token[], greedy: boolean, fail: Fail) {
  const width = characters.length + 1;
  if ((tokens.length + 1) * width > maxWork)
    fail("the pattern and the value that it is matched against are too long");
  const table = new Uint8Array((tokens.length + 1) * width).fill(1, tokens.length * width);
  const matches = (token: number, at: number) => table[token * width + at] === 1;
  for (let token = tokens.length - 1; token >= 0; token--) {
    for (let at = width - 1; at >= 0; at--) {
      if (fits(token, at)) table[token * width + at] = 1;
    }
  }
  function fits(index: number, at: number): boolean {
    const token = tokens[index];
    const character = characters[at];
    if (token?.kind === "star") {
      return (
        matches(index + 1, at) || (character !== undefined && character !== "\n" && matches(index, at + 1))
      );
    }
    if (character === undefined) return false;
    const same = token?.kind === "character" ? character === token.character : character !== "\n";
    return same && matches(index + 1, at + 1);
  }

  /** Returns the end of the match that begins at `start`. Null if there is none. */
  function end(start: number): number | null {
    if (!matches(0, start)) return null;
    let at = start;
    for (const [index, token] of tokens.entries()) at = token.kind === "star" ? starEnd(index, at) : at + 1;
    return at;
  }
  function starEnd(index: number, from: number): number {
    let found = matches(index + 1, from) ? from : null;
    for (
      let at = from;
      at < characters.length && characters[at] !== "\n" && (greedy || found === null);
      at++
    ) {
      if (matches(index + 1, at + 1)) found = at + 1;
    }
    return found ?? from;
  }
  /** Returns the start of the first match at or after `from`. */
  function starts(from: number): number | null {
    for (let at = from; at < width; at++) if (matches(0, at)) return at;
    return null;
  }
  return { characters, end, starts };
}

/** Reverses a pattern. An escaped character stays escaped. */
function reversePattern(pattern: string): string {
  const pieces: string[] = [];
  const characters = Array.from(pattern);
  for (let at = 0; at < characters.length; at++) {
    const piece = characters[at] ?? "";
    pieces.push(piece === "\\" && at + 1 < characters.length ? piece + characters[++at] : piece);
  }
  return pieces.reverse().join("");
}

/** Go's Regexp.Expand without groups: `$0` is the match, any other name is empty, `$$` is a dollar. */
function template(replacement: string, match: string): string {
  return replacement.replace(
    /\$(?:(\$)|\{([\p{L}\p{Nd}_]+)\}|([\p{L}\p{Nd}_]+))/gu,
    (_, dollar, braced, bare) => {
      if (dollar !== undefined) return "$";
      return /^0+$/.test(braced ?? bare) ? match : "";
    },
  );
}
