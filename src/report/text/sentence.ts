import type { Part, Sentence } from "../../policy/sentence.ts";
import { breakableCode, markdownCode, markdownText, terminalText } from "./escape.ts";
import { formatBytes, formatBytesUnlike, formatChange, formatLimit } from "./format.ts";

/** Renders a sentence in Markdown, also for a table. */
export function inMarkdown(sentence: Sentence): string {
  return withCode(sentence, markdownCode);
}

/** Like inMarkdown, but allows breaks in long paths: GitHub breaks long words in text, but not in tables. */
export function inCell(sentence: Sentence): string {
  return withCode(sentence, breakableCode);
}

function withCode(sentence: Sentence, code: (text: string) => string): string {
  return sentence.map((part) => write(part, { ours: ourMarkdown, code, words: markdownText })).join("");
}

/** Renders a sentence in plain text. `code` may set off names, paths and instructions, as with a colour. */
export function inText(sentence: Sentence, code: (text: string) => string = (text) => text): string {
  return sentence
    .map((part) =>
      write(part, {
        ours: (text) => text,
        code: (text) => code(terminalText(text, 200)),
        words: (text) => terminalText(text.replace(/\s+/g, " ")),
      }),
    )
    .join("");
}

interface Writers {
  readonly ours: (text: string) => string;
  readonly code: (text: string) => string;
  readonly words: (text: string) => string;
}

function write(part: Part, { ours, code, words }: Writers): string {
  if (typeof part === "string") return ours(part);
  if ("code" in part) return code(part.code);
  if ("words" in part) return words(part.words);
  if ("change" in part) return ours(formatChange(part.change));
  if ("limit" in part) return ours(formatLimit(part.limit));
  return ours(
    part.unlike === undefined ? formatBytes(part.bytes) : formatBytesUnlike(part.bytes, part.unlike),
  );
}

/** Our own sentences contain no Markdown: what looks like it is meant literally. */
function ourMarkdown(text: string): string {
  return text.replace(/[&<>*_`|[\]~\\]/g, (character) => `&#${character.codePointAt(0)};`);
}
