import { isPlain } from "./plain.ts";
import { spellingsOf } from "./spellings.ts";
import { lineBreak, visibleLine, withoutCommands } from "./visible.ts";

/** bytes; what is shorter stands in every text, and is not searched for */
export const shortestForm = 4;

/** bytes; what is longer is searched for in pieces, whose hits touch */
const longestForm = 4096;

/**
 * The byte sequences that a secret may stand in a text as: itself, its lines and its words, each as it is, as a log
 * shows it, quoted or escaped as programs do, and encoded in base64 or hexadecimal.
 */
export function formsOf(value: Buffer): readonly Buffer[] {
  const pieces = piecesOf(value.toString("utf8"));
  const encoded = pieces.length > mostEncoded ? pieces.slice(0, 1) : pieces;
  return [
    value,
    ...pieces.flatMap((piece) => [...shownAs(piece)].map((text) => Buffer.from(text))),
    ...encoded.flatMap((piece) => encodingsOf(Buffer.from(piece))),
    ...encodingsOf(value),
  ]
    .flatMap(chunksOf)
    .filter((form) => form.length >= shortestForm);
}

/** A file of thousands of lines is not a secret of thousands of parts: encoded, only the whole is looked for. */
const mostEncoded = 200;

/** The value, its lines, and those of its words that are no words: tokens in a .npmrc, passwords in a config.json. */
function piecesOf(text: string): readonly string[] {
  const whole = text.trim();
  const lines = whole.split(lineBreak).map((line) => line.trim());
  const shortestLine = lines.length > mostEncoded ? 8 : shortestForm;
  const words = whole
    .split(/[\s"'`,;<>()[\]{}|]+|=(?=[^=\s"'])|:\/\/|:(?=\S*@)|@/)
    .filter((word) => word !== whole);
  return [
    ...new Set([
      whole,
      ...(lines.length > 1
        ? [lines.join("\r\n"), ...lines.filter(({ length }) => length >= shortestLine)]
        : []),
      ...words.filter((word) => word.length >= 8 && !isPlain(word)),
    ]),
  ];
}

function shownAs(text: string): ReadonlySet<string> {
  const visible = visibleLine(text);
  return new Set([text, visible, withoutCommands(visible), ...spellingsOf(text)]);
}

/** As base64 and in hexadecimal. Base64 also of what stands inside what is encoded, such as behind a user name: without the ends that others decide. */
function encodingsOf(bytes: Buffer): readonly Buffer[] {
  const base64 = [0, 1, 2].map((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const end = Math.floor(((before + bytes.length) * 8) / 6);
    return text.slice(before === 0 ? 0 : before + 1, end);
  });
  // base64(1) breaks lines after 76 characters, openssl(1) after 64.
  const lines = [/.{1,76}/g, /.{1,64}/g].flatMap((line) => base64[0]?.match(line) ?? []);
  const hex = bytes.toString("hex");
  const all = [...base64, ...base64.map(urlSafe), ...lines, hex, hex.toUpperCase()];
  return all.filter(({ length }) => length >= 8).map((text) => Buffer.from(text));
}

function urlSafe(base64: string): string {
  return base64.replaceAll("+", "-").replaceAll("/", "_");
}

function chunksOf(form: Buffer): readonly Buffer[] {
  const count = Math.ceil(form.length / longestForm);
  return Array.from({ length: count }, (_, index) =>
    form.subarray(index * longestForm, (index + 1) * longestForm),
  );
}
