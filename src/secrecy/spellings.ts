/**
 * Returns the spellings of a text that programs quote or escape: shells that trace commands and list
 * variables, JSON, XML, URLs, and literals of programming languages. A text without special characters has
 * only one spelling.
 */
export function spellingsOf(text: string): readonly string[] {
  const whole = text.toWellFormed();
  return [...inShells(whole), ...inJson(whole), ...inXml(whole), ...inUrls(whole), ...inLiterals(whole)];
}

function inShells(text: string): readonly string[] {
  return [
    // `set -x` and `export -p`, first in dash and busybox, then in bash.
    text.replaceAll("'", `'"'"'`),
    text.replaceAll("'", String.raw`'\''`),
    // bash's `declare -p` and `printf %q`. The latter escapes some characters only at the start.
    text.replace(/["$\\`]/g, String.raw`\$&`),
    text.replace(/^[~#]|[ !"$&'()*,;<>?[\\\]^`{|}]/g, String.raw`\$&`),
  ];
}

function inJson(text: string): readonly string[] {
  const json = JSON.stringify(text).slice(1, -1);
  return [
    json,
    json.replace(/[&<>\u2028\u2029]/g, codeUnits),
    json.replaceAll("/", String.raw`\/`),
    ...bothCases(json, /[\u007f-\uffff]/g, codeUnits),
  ];
}

function codeUnits(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function inXml(text: string): readonly string[] {
  const content = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const quotes = [
    ["&quot;", "&apos;"],
    ["&quot;", "&#39;"],
    ["&quot;", "&#x27;"],
    ["&#34;", "&#39;"],
  ] as const;
  return [
    content,
    content.replaceAll('"', "&quot;"),
    ...quotes.map(([double, single]) => content.replaceAll('"', double).replaceAll("'", single)),
  ];
}

/** Characters that different encoders leave unescaped, besides letters, digits and `-_.~`. */
const plainInUrls = ["", "!'()*", "/", "!$&'()*+,;=:", "$&+,;=", "$&+,/:;=@", "*"] as const;

function inUrls(text: string): readonly string[] {
  return plainInUrls.flatMap((plain) => {
    const escaped = bothCases(text, /[^\w.~-]/gu, (character) =>
      plain.includes(character) ? character : hexadecimal(character, "%"),
    );
    return [...escaped, ...escaped.map((url) => url.replaceAll("%20", "+"))];
  });
}

/** Quoted strings of Go and Python, Python's bytes, and octal escapes of bash's `$'…'` and git's paths. */
function inLiterals(text: string): readonly string[] {
  const quoted = [text.replace(/[\\"]/g, String.raw`\$&`), text.replace(/[\\']/g, String.raw`\$&`)];
  return [text, ...quoted].flatMap((literal) => [
    literal,
    literal.replace(outsideAscii, (character) => hexadecimal(character, "\\x").toLowerCase()),
    literal.replace(outsideAscii, octal),
  ]);
}

const outsideAscii = /[^\0-\x7f]/gu;

function hexadecimal(character: string, before: string): string {
  return [...Buffer.from(character)]
    .map((byte) => `${before}${byte.toString(16).toUpperCase().padStart(2, "0")}`)
    .join("");
}

function octal(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\${byte.toString(8)}`).join("");
}

/** Returns the escaped text, and the same with the other case of hexadecimal digits. */
function bothCases(text: string, special: RegExp, spell: (character: string) => string): readonly string[] {
  const swapped = (character: string) => {
    const escaped = spell(character);
    if (escaped === character) return character;
    return escaped.replace(/(?<=[%u].*)[a-f]+/gi, (letters) =>
      letters === letters.toUpperCase() ? letters.toLowerCase() : letters.toUpperCase(),
    );
  };
  return [text.replace(special, spell), text.replace(special, swapped)];
}
