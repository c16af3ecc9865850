import { trimLeft } from "./blank.ts";
import type { EscapeToken } from "./directives.ts";
import type { Heredoc, HeredocMarker } from "./heredoc.ts";
import { quote, refuse } from "./refuse.ts";

/** A line and its continuation lines, joined, with the here-documents that follow. */
export interface LogicalLine {
  readonly text: string;
  /** 1-based, first physical line */
  readonly line: number;
  /** 1-based, last physical line, here-documents included */
  readonly endLine: number;
  readonly heredocs: readonly Heredoc[];
}

/** In bytes: bufio.MaxScanTokenSize - 1, the limit of the line scanner in BuildKit. */
const maxLineBytes = 64 * 1024 - 1;

/**
 * Joins physical lines as BuildKit's parser does. Comments and empty lines between continuation lines are
 * dropped. Blanks at the start of a continuation line are kept.
 * @param markersOf returns the here-documents that a joined line announces
 */
export function logicalLines(
  lines: readonly string[],
  escapeToken: EscapeToken,
  markersOf: (text: string, line: number) => readonly HeredocMarker[],
): readonly LogicalLine[] {
  for (const [index, line] of lines.entries()) checkLength(line, index + 1);
  const logical: LogicalLine[] = [];
  let next = 0;
  while (next < lines.length) {
    const first = next++;
    const start = withoutComment(trimLeft(withoutLineEnd(lines[first] ?? "")));
    let piece = continuation(start, escapeToken);
    if (piece.last && piece.text === "") continue;
    const pieces = [piece.text];
    while (!piece.last && next < lines.length) {
      const line = withoutLineEnd(lines[next++] ?? "");
      if (trimLeft(withoutComment(line)) === "") continue;
      piece = continuation(line, escapeToken);
      pieces.push(piece.text);
    }
    const text = pieces.join("");
    const heredocs: Heredoc[] = [];
    for (const marker of markersOf(text, first + 1)) {
      const end = endOfHeredoc(lines, next, marker);
      if (end === -1) refuse(first + 1, `the here-document ${quote(marker.name)} has no end`);
      heredocs.push({ ...marker, content: lines.slice(next, end).join("") });
      next = end + 1;
    }
    logical.push({ text, line: first + 1, endLine: next, heredocs });
  }
  return logical;
}

function checkLength(line: string, number: number): void {
  const bytes = Buffer.byteLength(line.endsWith("\n") ? line.slice(0, -1) : line);
  if (bytes > maxLineBytes) refuse(number, `the line is longer than ${maxLineBytes} bytes`);
}

function withoutLineEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === "\n" || line[end - 1] === "\r")) end--;
  return line.slice(0, end);
}

function withoutComment(line: string): string {
  return trimLeft(line).startsWith("#") ? "" : line;
}

/** An escape character at the end continues the line, unless another one precedes it. */
function continuation(
  line: string,
  escapeToken: EscapeToken,
): { readonly text: string; readonly last: boolean } {
  let end = line.length;
  while (end > 0 && (line[end - 1] === " " || line[end - 1] === "\t")) end--;
  const continued = end > 0 && line[end - 1] === escapeToken && line[end - 2] !== escapeToken;
  return continued ? { text: line.slice(0, end - 1), last: false } : { text: line, last: true };
}

function endOfHeredoc(lines: readonly string[], from: number, marker: HeredocMarker): number {
  for (let at = from; at < lines.length; at++) {
    const line = withoutLineEnd(lines[at] ?? "");
    if ((marker.chomp ? line.replace(/^\t+/, "") : line) === marker.name) return at;
  }
  return -1;
}
