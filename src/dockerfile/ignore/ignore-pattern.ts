/** Reports whether a pattern matches the first `end` characters of a path. */
export type PathTest = (end: number) => boolean;

/** Counts the steps of a match. May throw to stop it. */
export type Spend = (steps: number) => void;

/**
 * One part of a pattern. `deep` is `**` before something else: any number of directories. `rest` is `**` at
 * the end. Neither matches a line end, like `.` in Go's regular expressions. `star` and `any` match
 * everything except a slash.
 */
type Token =
  | { readonly kind: "deep" | "rest" | "star" | "any" }
  | { readonly kind: "character"; readonly character: string }
  | { readonly kind: "class"; readonly has: (character: string) => boolean };

const special = /[*?[\]\\]/;

/**
 * Compiles a pattern as BuildKit does (moby/patternmatcher, Pattern.compile), also where that differs from
 * its manual: `**` next to plain text compares text, so `**foo` matches barfoo. Syntax that BuildKit passes
 * to Go's regular expressions with another meaning, such as `\d`, matches nothing here. A match takes at most
 * pattern length × path length steps.
 * @param pattern cleaned, without the `!` of an exception
 */
export function ignorePattern(pattern: string, spend: Spend): (path: string) => PathTest {
  const plain = plainTest(pattern);
  if (plain !== null) {
    return (path) => (end) => {
      spend(pattern.length + perTest);
      return plain(path, end);
    };
  }
  const tokens = tokensOf(pattern);
  if (tokens === null) return () => () => false;
  return (path) => {
    let ends: ReadonlySet<number> | null = null;
    return (end) => {
      ends ??= matchingEnds(tokens, path, spend);
      return ends.has(end);
    };
  };
}

/** Returns a test for a pattern that only compares text. Null for any other pattern. */
function plainTest(pattern: string): ((path: string, end: number) => boolean) | null {
  if (!special.test(pattern)) return (path, end) => end === pattern.length && path.startsWith(pattern);
  const after = pattern.slice(2);
  if (pattern.startsWith("**") && !special.test(after)) {
    // `**/foo` also matches foo.
    const isWhole = (path: string, end: number) =>
      after.startsWith("/") && end === after.length - 1 && path.startsWith(after.slice(1));
    return (path, end) =>
      (end >= after.length && path.startsWith(after, end - after.length)) || isWhole(path, end);
  }
  const before = pattern.slice(0, -2);
  if (pattern.endsWith("**") && !special.test(before)) {
    return (path, end) => end >= before.length && path.startsWith(before);
  }
  return null;
}

/** Splits a pattern into tokens. Null if it is invalid, or if it means something else to Go. */
function tokensOf(pattern: string): readonly Token[] | null {
  const characters = Array.from(pattern);
  const tokens: Token[] = [];
  // Go's scanner skips a byte-order mark.
  for (let at = characters[0] === "\uFEFF" ? 1 : 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character === "*" && characters[at + 1] === "*") {
      at += characters[at + 2] === "/" ? 2 : 1;
      tokens.push({ kind: at === characters.length - 1 ? "rest" : "deep" });
    } else if (character === "*") tokens.push({ kind: "star" });
    else if (character === "?") tokens.push({ kind: "any" });
    else if (character === "[") {
      const found = readClass(characters, at + 1);
      if (found === null) return null;
      tokens.push({ kind: "class", has: found.has });
      at = found.end;
    } else if (character === "\\") {
      at++;
      const escaped = literal(characters, at);
      if (escaped === null) return null;
      tokens.push({ kind: "character", character: escaped });
    } else if (character === "^") return null;
    else tokens.push({ kind: "character", character });
  }
  return tokens;
}

/**
 * Reads `[a-z]` or `[^a-z]`, which also matches a slash.
 * @param from the index after the opening bracket
 * @returns the class and the index of the closing bracket; null if it is invalid
 */
function readClass(
  characters: readonly string[],
  from: number,
): { readonly has: (character: string) => boolean; readonly end: number } | null {
  const isNegated = characters[from] === "^";
  const ranges: (readonly [number, number])[] = [];
  let at = isNegated ? from + 1 : from;
  const readOne = (): number | null => {
    const isEscaped = characters[at] === "\\";
    if (!isEscaped && "*?[]-".includes(characters[at] ?? "]")) return null;
    const character = isEscaped ? literal(characters, at + 1) : characters[at];
    at += isEscaped ? 2 : 1;
    return character?.codePointAt(0) ?? null;
  };
  while (characters[at] !== "]" || ranges.length === 0) {
    const low = readOne();
    if (low === null) return null;
    let high: number | null = low;
    if (characters[at] === "-") {
      at++;
      high = readOne();
    }
    if (high === null || high < low) return null;
    ranges.push([low, high]);
  }
  const has = (character: string) => {
    const code = character.codePointAt(0) ?? 0;
    return ranges.some(([low, high]) => low <= code && code <= high) !== isNegated;
  };
  return { has, end: at };
}

/** Returns an escaped character. Null at the end, and for a letter or digit, which means more to Go. */
function literal(characters: readonly string[], at: number): string | null {
  const character = characters[at];
  return character === undefined || /[A-Za-z0-9]/.test(character) ? null : character;
}

/** Returns the ends of the path and of its parent directories that match. Follows all states at once. */
function matchingEnds(tokens: readonly Token[], path: string, spend: Spend): ReadonlySet<number> {
  const ends = new Set<number>();
  const { length } = tokens;
  spend(length + perPath);
  let states = new Uint8Array(length + 1).fill(atToken, 0, 1);
  let next = new Uint8Array(length + 1);
  skip(tokens, states);
  let end = 0;
  for (const character of path) {
    if (character === "/" && states[length] === atToken) ends.add(end);
    spend(length + perCharacter);
    next.fill(0);
    let isAlive = false;
    for (let index = 0; index < length; index++) {
      const state = states[index] ?? 0;
      const token = tokens[index];
      if (state === 0 || token === undefined || !takes(token, character)) continue;
      isAlive = true;
      if (token.kind === "deep") {
        next[index] = Math.max(next[index] ?? 0, inDeep);
        if (character === "/") next[index + 1] = atToken;
      } else next[token.kind === "star" || token.kind === "rest" ? index : index + 1] = atToken;
    }
    if (!isAlive) return ends;
    skip(tokens, next);
    [states, next] = [next, states];
    end += character.length;
  }
  if (states[length] === atToken) ends.add(end);
  return ends;
}

/** States: inside the directories of a `deep`, and before a token. */
const inDeep = 1;
const atToken = 2;

/** Overhead besides comparing, in steps of about a nanosecond. */
const perTest = 8;
const perPath = 256;
const perCharacter = 8;

function takes(token: Token, character: string): boolean {
  switch (token.kind) {
    case "character":
      return character === token.character;
    case "class":
      return token.has(character);
    case "star":
    case "any":
      return character !== "/";
    case "rest":
    case "deep":
      return character !== "\n";
  }
}

/** Adds the states after tokens that may match nothing. */
function skip(tokens: readonly Token[], states: Uint8Array): void {
  for (let index = 0; index < tokens.length; index++) {
    if (states[index] !== atToken) continue;
    const kind = tokens[index]?.kind;
    if (kind === "star" || kind === "deep" || kind === "rest") states[index + 1] = atToken;
  }
}
