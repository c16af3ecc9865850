/**
 * The one door for text of strangers into what people read: names, paths, instructions, messages. Whatever they hold,
 * they make no link, image, mention, reference, tag, table cell or workflow command, and show as what they are.
 */

/** One stretch of code in Markdown, also inside a table. At most `maxCharacters` characters of the text are shown. */
export function markdownCode(text: string, maxCharacters = 120): string {
  return `<code>${asEntities(visible(shortened(text, maxCharacters)))}</code>`;
}

/** The same, where a word may be broken: after a slash and the like, a long one anywhere. Copied, it is what it was. */
export function breakableCode(text: string, maxCharacters = 120): string {
  // A NUL marks where: no text holds one that is visible. Spaces and hyphens are broken at anyway.
  const marked = visible(shortened(text, maxCharacters))
    .replace(/[^\s-]{4,}?(?:[/_.=,@]|:(?!\/))(?=[^\s-]{4})/g, "$&\0")
    .replace(/[^\s\0-]{14}(?=[^\s\0:-]{4})/g, "$&\0");
  return `<code>${marked.split("\0").map(asEntities).join("<wbr>")}</code>`;
}

function asEntities(text: string): string {
  // Markdown is parsed inside inline HTML, so that whatever could mean something to it is an entity: an underscore but
  // between letters, a dot or colon where an address would begin. An e-mail address is linked after entities were
  // decoded, but only within one stretch of text: an empty comment ends it.
  return text
    .replace(/[&<>"'|`#*~^[\]$\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.|:(?=\/)/gi, entity)
    .replaceAll("@", "<!-- -->&#64;<!-- -->")
    .replace(/^ | $/g, "&#32;");
}

/**
 * A message in words, in Markdown. Plain words stay as they are, and what is more than a word is code: GitHub links
 * mentions, issues, commits and addresses in any text that is none.
 */
export function markdownText(text: string, maxCharacters = 1000): string {
  const words = visible(shortened(text.trim(), maxCharacters).replace(/\s+/g, " ")).split(" ");
  return words
    .map((word) => (isPlain(word) ? word : wordAsCode(word)))
    .join(" ")
    .replaceAll("</code> <code>", " ");
}

/** What a reader sees of text in Markdown that this file made, for those who search in it. */
export function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/<!-- -->|<wbr>|<\/?code>/g, "")
    .replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string) =>
      code === undefined ? (characters.get(name) ?? "") : String.fromCodePoint(Number(code)),
    );
}

/**
 * One line for a terminal, or for a workflow's log, where the runner would execute commands that it finds: at the start
 * of a line, which every word may become where lines are broken.
 */
export function terminalText(text: string, maxCharacters = 1000): string {
  return visible(shortened(text, maxCharacters))
    .replaceAll("##[", "## [")
    .replace(/(?<=(?:^|\s):*):(?=:)/g, ": ");
}

/** One line for an annotation. The runner cuts messages at 4,096 characters. */
export function annotationText(text: string): string {
  return terminalText(text, 4000);
}

/** Cut in the middle, since both ends of a path or an instruction tell something. Counts characters, not UTF-16 units. */
function shortened(text: string, maxCharacters: number): string {
  // A hostile text may be megabytes: only its ends are taken apart.
  const bounded =
    text.length > 4 * maxCharacters
      ? `${text.slice(0, 2 * maxCharacters)}${text.slice(-2 * maxCharacters)}`
      : text;
  const characters = [...bounded.toWellFormed()];
  if (characters.length <= maxCharacters) return characters.join("");
  const head = Math.ceil((maxCharacters - 1) * 0.6);
  return `${characters.slice(0, head).join("")}…${characters.slice(characters.length - (maxCharacters - 1 - head)).join("")}`;
}

/**
 * What is not to be seen, or turns the direction of reading: shown as `\u{…}`. Spaces but the plain one are among it,
 * and so are marks that pile up on the letter before.
 */
function visible(text: string): string {
  return text.replace(
    /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]|(?! )\p{Zs}|(?<=\p{M}{2})\p{M}/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}

function entity(character: string): string {
  return named.get(character) ?? `&#${character.codePointAt(0)};`;
}

/** The report's Markdown is read as it stands, too. */
const named: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

const characters: ReadonlyMap<string, string> = new Map(
  [...named].map(([character, reference]) => [reference.slice(1, -1), character]),
);

/** The punctuation around it, which is harmless by itself, stays outside. */
function wordAsCode(word: string): string {
  const [, before = "", core = "", after = ""] = /^([("']*)(.*?)([)"',.;:!?]*)$/su.exec(word) ?? [];
  return core === "" ? word : `${before}${markdownCode(core, 1000)}${after}`;
}

/** A word, or a small number, with punctuation around it. Hexadecimal ones may be commits; those with digits, references. */
function isPlain(word: string): boolean {
  if (/^\d{1,5}(?:\.\d{1,3})?[,;:]?$/.test(word)) return true;
  return /^[("']?\p{L}+(?:['’-]\p{L}+)*["')]?[.,;:?]{0,2}$/u.test(word) && !/[0-9a-f]{7,}|www/i.test(word);
}
