import { trimLeft } from "./blank.ts";
import { quote, refuse } from "./refuse.ts";

/** The character that escapes the next one and, at the end of a line, continues the line. */
export type EscapeToken = "\\" | "`";

const names = new Set(["syntax", "escape", "check"]);

/**
 * Reads the escape character from the parser directives (`# escape=…`) at the top of a Dockerfile. Only
 * syntax, escape and check are directives. Any other line ends them: a blank one, a comment, `# other=value`.
 * @param lines physical lines, without a byte-order mark
 */
export function readEscape(lines: readonly string[]): EscapeToken {
  let escapeToken: EscapeToken = "\\";
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const directive = directiveOf(trimLeft(line), "#");
    if (directive === null) break;
    if (seen.has(directive.name)) refuse(index + 1, `the ${directive.name} directive may appear only once`);
    seen.add(directive.name);
    if (directive.name === "escape") escapeToken = escapeOf(directive.value, index + 1);
  }
  return escapeToken;
}

/**
 * Returns the frontend that a file selects, as BuildKit detects it before any frontend reads the file: by
 * `# syntax=…`, by `// syntax=…` or as JSON, in each case optionally after a `#!` line. Null if none.
 */
export function readSyntax(text: string): string | null {
  const source = text.replace(/^\uFEFF/, "").replace(/^#![^\n]*\n?/, "");
  return syntaxOf(source, "#") ?? syntaxOf(source, "//") ?? syntaxOfJson(source);
}

function syntaxOf(text: string, comment: string): string | null {
  const seen = new Set<string>();
  // No directive may be repeated, so no more lines than there are directives can matter.
  for (const line of text.split("\n", names.size)) {
    const directive = directiveOf(line, comment);
    if (directive === null || seen.has(directive.name)) return null;
    seen.add(directive.name);
    if (directive.name === "syntax") return directive.value.split(" ")[0] ?? null;
  }
  return null;
}

function syntaxOfJson(text: string): string | null {
  if (!text.trimStart().startsWith("{")) return null;
  try {
    const { syntax }: { readonly syntax?: unknown } = JSON.parse(text);
    return typeof syntax === "string" ? syntax : null;
  } catch {
    return null;
  }
}

function directiveOf(
  line: string,
  comment: string,
): { readonly name: string; readonly value: string } | null {
  if (!line.startsWith(comment)) return null;
  const [written = "", ...rest] = trimLeft(line.slice(comment.length)).split("=");
  const name = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*$/.exec(written)?.[1]?.toLowerCase();
  const value = rest.join("=").replace(/[\r\n]+$/, "");
  return name !== undefined && names.has(name) && value !== "" ? { name, value: trimAscii(value) } : null;
}

function escapeOf(value: string, line: number): EscapeToken {
  return value === "\\" || value === "`"
    ? value
    : refuse(line, `${quote(value)} is not an escape character; use \\ or \``);
}

function trimAscii(text: string): string {
  let end = text.length;
  while (end > 0 && "\t\n\f\r ".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(/^[\t\n\f\r ]+/, "");
}
