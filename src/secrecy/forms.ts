import { isPlain } from "./plain.ts";
import { spellingsOf } from "./spellings.ts";
import { lineBreak, visibleLine, withoutCommands } from "./visible.ts";

/** In bytes. Shorter forms occur in any text and are not searched for. */
export const shortestForm = 4;

/** In bytes. Longer forms are searched for in chunks, whose matches touch. */
const maxChunkBytes = 4096;

/**
 * Returns the byte sequences that may represent a secret in a text: the secret, its lines and its words. Each
 * is taken as it is, as a log shows it, quoted or escaped by programs, and encoded in base64 or hexadecimal.
 */
export function formsOf(value: Buffer): readonly Buffer[] {
  const pieces = piecesOf(value.toString("utf8"));
  const encoded = pieces.length > maxEncodedPieces ? pieces.slice(0, 1) : pieces;
  return [
    value,
    ...pieces.flatMap((piece) => [...shownAs(piece)].map((text) => Buffer.from(text))),
    ...encoded.flatMap((piece) => encodingsOf(Buffer.from(piece))),
    ...encodingsOf(value),
  ]
    .flatMap(chunksOf)
    .filter((form) => form.length >= shortestForm);
}

/** If a secret has more pieces, only the whole is encoded: a long file is not thousands of secrets. */
const maxEncodedPieces = 200;

/** Returns the value, its lines and its uncommon words: tokens in a .npmrc, passwords in a config.json. */
function piecesOf(text: string): readonly string[] {
  const whole = text.trim();
  const lines = whole.split(lineBreak).map((line) => line.trim());
  const shortestLine = lines.length > maxEncodedPieces ? 8 : shortestForm;
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

/**
 * Returns bytes in base64 and hexadecimal. Base64 is also taken at each offset inside a longer text, such as
 * after a user name, without the end characters that the neighbouring bytes decide.
 */
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
  const count = Math.ceil(form.length / maxChunkBytes);
  return Array.from({ length: count }, (_, index) =>
    form.subarray(index * maxChunkBytes, (index + 1) * maxChunkBytes),
  );
}
