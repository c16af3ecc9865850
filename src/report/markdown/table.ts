export type Alignment = "left" | "right";

/** Renders a table. Cells are Markdown already, without `|` and newlines. */
export function table(
  titles: readonly string[],
  alignments: readonly Alignment[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = titles.map((_, index) => (alignments[index] === "right" ? "---:" : "---"));
  return [line(titles), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}
