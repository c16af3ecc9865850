// All untrusted text passes through here before people read it: names, paths, instructions, messages.
// Whatever it contains, it makes no link, image, mention, reference, tag, table cell or workflow command, and
// shows as what it is.

/** Renders inline code in Markdown, also inside a table. Shows at most `maxCharacters` characters. */
export function markdownCode(text: string, maxCharacters = 120): string {
  return `<code>${asEntities(visible(shortened(text, maxCharacters)))}</code>`;
}

/** Like markdownCode, but breakable: after a slash and the like, and in long words. Copies stay exact. */
export function breakableCode(text: string, maxCharacters = 120): string {
  // A NUL marks a break: visible text contains none. Browsers break at spaces and hyphens anyway.
  const marked = visible(shortened(text, maxCharacters))
    .replace(/[^\s-]{4,}?(?:[/_.=,@]|:(?!\/))(?=[^\s-]{4})/g, "$&\0")
    .replace(/[^\s\0-]{14}(?=[^\s\0:-]{4})/g, "$&\0");
  return `<code>${marked.split("\0").map(asEntities).join("<wbr>")}</code>`;
}

function asEntities(text: string): string {
  // Markdown is parsed inside inline HTML, so whatever it might interpret becomes an entity: an underscore,
  // except between letters, and a dot or colon where a URL would begin. E-mail addresses are linked after
  // entities are decoded, but only within one text node: an empty comment ends it.
  return text
    .replace(/[&<>"'|`#*~^[\]$\\]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.|:(?=\/)/gi, entity)
    .replaceAll("@", "<!-- -->&#64;<!-- -->")
    .replace(/^ | $/g, "&#32;");
}

/**
 * Renders a message in Markdown. Plain words stay as they are, and everything else becomes code: outside of
 * code, GitHub links mentions, issues, commits and URLs.
 */
export function markdownText(text: string, maxCharacters = 1000): string {
  const words = visible(shortened(text.trim(), maxCharacters).replace(/\s+/g, " ")).split(" ");
  return words
    .map((word) => (isPlain(word) ? word : wordAsCode(word)))
    .join(" ")
    .replaceAll("</code> <code>", " ");
}

/** Returns what a reader sees of Markdown that this file made, to search in it. */
export function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/<!-- -->|<wbr>|<\/?code>/g, "")
    .replace(/&(?:#(\d+)|(amp|lt|gt|quot));/g, (_, code: string | undefined, name: string) =>
      code === undefined ? (characters.get(name) ?? "") : String.fromCodePoint(Number(code)),
    );
}

/**
 * Renders one line for a terminal or a workflow's log. A runner executes commands that it finds at the start
 * of a line, and any word may start one when lines are broken.
 */
export function terminalText(text: string, maxCharacters = 1000): string {
  return visible(shortened(text, maxCharacters))
    .replaceAll("##[", "## [")
    .replace(/(?<=(?:^|\s):*):(?=:)/g, ": ");
}

/** Renders one line for an annotation. The runner cuts messages at 4,096 characters. */
export function annotationText(text: string): string {
  return terminalText(text, 4000);
}

/** Cuts in the middle: both ends of a path or an instruction matter. Counts characters, not UTF-16 units. */
function shortened(text: string, maxCharacters: number): string {
  // A hostile text may have megabytes: only its ends are split into characters.
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
 * Shows invisible characters, and those that change the reading direction, as `\u{…}`. They include all
 * spaces except the plain one, and combining marks that pile up on a letter.
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

/** These have readable names, since people also read the report's Markdown source. */
const named: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&quot;"],
]);

const characters: ReadonlyMap<string, string> = new Map(
  [...named].map(([character, reference]) => [reference.slice(1, -1), character]),
);

/** Renders a word as code. The punctuation around it is safe and stays outside. */
function wordAsCode(word: string): string {
  const [, before = "", core = "", after = ""] = /^([("']*)(.*?)([)"',.;:!?]*)$/su.exec(word) ?? [];
  return core === "" ? word : `${before}${markdownCode(core, 1000)}${after}`;
}

/**
 * Reports whether a word is letters or a small number, with punctuation around it. Hexadecimal words may be
 * commits, and words with digits may be references.
 */
function isPlain(word: string): boolean {
  if (/^\d{1,5}(?:\.\d{1,3})?[,;:]?$/.test(word)) return true;
  return /^[("']?\p{L}+(?:['’-]\p{L}+)*["')]?[.,;:?]{0,2}$/u.test(word) && !/[0-9a-f]{7,}|www/i.test(word);
}
