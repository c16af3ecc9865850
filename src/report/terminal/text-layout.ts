import { stripVTControlCharacters } from "node:util";

/** Returns how many columns a text takes in a terminal: colours take none, wide characters two. */
export function widthOf(text: string): number {
  if (ascii.test(text)) return text.length;
  let width = 0;
  for (const character of stripVTControlCharacters(text)) {
    if (/\p{M}/u.test(character)) continue;
    width +=
      /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uff01-\uff60]/u.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}

const ascii = /^[ -~]*$/;

export function padStart(text: string, width: number): string {
  return " ".repeat(Math.max(0, width - widthOf(text))) + text;
}

export function padEnd(text: string, width: number): string {
  return text + " ".repeat(Math.max(0, width - widthOf(text)));
}

/**
 * Breaks a text at spaces and indents the lines after the first. A word longer than a line stays whole, so
 * that it can be copied.
 * @param start columns of the first line that are taken already
 */
export function wrap(text: string, columns: number, indent: number, start = 0): string {
  const lines: string[] = [];
  let line = "";
  let width = 0;
  for (const word of text.split(" ")) {
    const room = columns - (lines.length === 0 ? start : indent);
    const added = widthOf(word);
    if (line !== "" && width + 1 + added > room) {
      lines.push(line);
      line = word;
      width = added;
    } else {
      width += line === "" ? added : 1 + added;
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line].join(`\n${" ".repeat(indent)}`);
}

/** Cuts a text at the end to fit. The text must have no colours. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (widthOf(kept + character) > width - 1) break;
    kept += character;
  }
  return `${kept}…`;
}
