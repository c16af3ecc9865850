import type { Pen } from "./pen.ts";

/** Returns a section with an empty line before it; nothing if it has no lines. */
export function section(title: string, lines: readonly string[], { paint }: Pen): readonly string[] {
  if (lines.length === 0) return [];
  return ["", ...(title === "" ? [] : [`  ${paint.bold(title)}`]), ...lines];
}

/** Joins lines to what is written. No-break spaces are for HTML, where lines wrap by themselves. */
export function inLines(lines: readonly string[]): string {
  return `${lines.map((line) => line.replaceAll("\u00a0", " ").trimEnd()).join("\n")}\n`;
}
