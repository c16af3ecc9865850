/**
 * The characters that Go's unicode.IsSpace accepts, as the inside of a character class. JavaScript's `\s`
 * differs. It lacks U+0085, and it includes U+FEFF: to BuildKit, a second byte-order mark is part of a word.
 */
const blanks = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const blank = new RegExp(`[${blanks}]`);
const leading = new RegExp(`^[${blanks}]+`);

/** Reports whether Go's unicode.IsSpace accepts the character. */
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

/** Splits arguments as BuildKit's parser does: at ASCII blanks, but not at line ends. */
export function splitAtBlanks(text: string): readonly string[] {
  return text.split(/[\t\v\f\r ]+/);
}

/** Go's strings.ToLower. It maps each rune alone, so the dotted capital I becomes a plain i. */
export function lower(text: string): string {
  return text.replaceAll("\u0130", "i").toLowerCase();
}
