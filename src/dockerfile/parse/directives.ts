import { trimLeft } from "./blank.ts";
import { quote, refuse } from "./refuse.ts";

/** The character that escapes, and that continues a line at its end. */
export type EscapeToken = "\\" | "`";

const names = new Set(["syntax", "escape", "check"]);

/**
 * Reads the parser directives (`# escape=…`) at the head of a Dockerfile. Only syntax, escape and check are directives;
 * the first line that is none, be it blank, a comment or `# other=value`, ends them.
 * @param lines physical lines without byte-order mark
 */
export function readEscape(lines: readonly string[]): EscapeToken {
  let escapeToken: EscapeToken = "\\";
  const seen = new Set<string>();
  for (const [index, line] of lines.entries()) {
    const directive = directiveOf(trimLeft(line), "#");
    if (directive === null) break;
    if (seen.has(directive.name)) refuse(index + 1, `only one ${directive.name} directive can be used`);
    seen.add(directive.name);
    if (directive.name === "escape") escapeToken = escapeOf(directive.value, index + 1);
  }
  return escapeToken;
}

/**
 * The frontend that a file asks for, as BuildKit detects it before any frontend reads the file: by `# syntax=…`, by
 * `// syntax=…`, or as JSON, behind a line that starts with `#!`. Null where it asks for none.
 */
export function readSyntax(text: string): string | null {
  const source = text.replace(/^\uFEFF/, "").replace(/^#![^\n]*\n?/, "");
  return syntaxOf(source, "#") ?? syntaxOf(source, "//") ?? syntaxOfJson(source);
}

function syntaxOf(text: string, comment: string): string | null {
  const seen = new Set<string>();
  // Only these few directives are read, so that more lines than there are of them need not be split off.
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
    : refuse(line, `${quote(value)} is no escapeToken character, only \\ and \` are`);
}

function trimAscii(text: string): string {
  let end = text.length;
  while (end > 0 && "\t\n\f\r ".includes(text.charAt(end - 1))) end--;
  return text.slice(0, end).replace(/^[\t\n\f\r ]+/, "");
}
