/**
 * What Go's unicode.IsSpace calls a blank, as the inside of a character class. JavaScript's `\s` differs: it has U+FEFF,
 * which makes a second byte-order mark part of a word to BuildKit, and lacks U+0085.
 */
const blanks = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const blank = new RegExp(`[${blanks}]`);
const leading = new RegExp(`^[${blanks}]+`);

/** Whether one character is a blank to Go. */
export function isBlank(character: string): boolean {
  return blank.test(character);
}

/** Go's strings.TrimLeftFunc(text, unicode.IsSpace). */
export function trimLeft(text: string): string {
  return text.replace(leading, "");
}

/** Go's strings.TrimSpace. */
export function trim(text: string): string {
  let end = text.length;
  while (end > 0 && isBlank(text.charAt(end - 1))) end--;
  return trimLeft(text.slice(0, end));
}

/** The parser's own notion of what separates arguments: ASCII blanks, no line end. */
export function splitAtBlanks(text: string): readonly string[] {
  return text.split(/[\t\v\f\r ]+/);
}

/** Go's strings.ToLower, which maps rune by rune: the dotted capital I becomes a plain i. */
export function lower(text: string): string {
  return text.replaceAll("\u0130", "i").toLowerCase();
}
