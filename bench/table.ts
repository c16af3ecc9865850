/**
 * Returns a Markdown table that also reads well as plain text. Aligns the first `left` columns left, the
 * others right.
 */
export function table(head: readonly string[], rows: readonly (readonly string[])[], left = 1): string {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...rows].map((row) => [...(row[column] ?? "")].length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => padded(cell, column)).join(" | ")} |`;
  const padded = (cell: string, column: number) => {
    const space = " ".repeat((widths[column] ?? 0) - [...cell].length);
    return column < left ? `${cell}${space}` : `${space}${cell}`;
  };
  const rule = widths.map((width, column) =>
    column < left ? "-".repeat(width) : `${"-".repeat(width - 1)}:`,
  );
  return [line(head), line(rule), ...rows.map(line)].join("\n");
}
