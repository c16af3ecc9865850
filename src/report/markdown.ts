import type { Sentence } from "../audit/sentence.ts";
import { say } from "../audit/sentence.ts";
import { bar } from "./bar.ts";
import type { FileRow } from "./files.ts";
import { formatBytes, formatChange, formatRow } from "./format.ts";
import type { Moved, MovedPart } from "./grew.ts";
import type { LayerRow } from "./layers.ts";
import { emoji } from "./marks.ts";
import type { Titles } from "./report.ts";
import { firstDetails, type Remark, type Row } from "./rows.ts";
import { inMarkdown } from "./sentence.ts";

/** The table of facts. Columns that would be empty are left out. */
export function factsTable(rows: readonly Row[], titles: Titles): string {
  const hasBase = titles.base !== null;
  const hasRemarks = rows.some(({ remarks }) => remarks.length > 0);
  const pick = <Cell>(label: Cell, base: Cell, head: Cell, change: Cell, remark: Cell): readonly Cell[] => [
    label,
    ...(hasBase ? [base] : []),
    head,
    ...(hasBase ? [change] : []),
    ...(hasRemarks ? [remark] : []),
  ];
  return table(
    pick("", inMarkdown(titles.base ?? []), inMarkdown(titles.head), "change", ""),
    pick<Alignment>("left", "right", hasBase ? "right" : "left", "right", "left"),
    rows.map((row) =>
      pick(
        row.label.replaceAll(" ", "\u00a0"),
        inMarkdown(row.base),
        inMarkdown(row.details.length === 0 ? row.head : [...row.head, ": ", ...firstDetails(row)]),
        inMarkdown(row.change),
        row.remarks.map(remarkText).join("<br>"),
      ),
    ),
  );
}

export function movedList({ parts, rest, direction }: Moved): string {
  const items = parts.map((part) => `- ${movedPart(part)}`);
  if (rest !== null) items.push(`- ${rest.layers} more: **${formatChange(rest.difference)}**`);
  return `**What ${direction}**\n\n${items.join("\n")}`;
}

export function adviceList(advice: readonly Sentence[]): string {
  return `**What to do**\n\n${bullets(advice)}`;
}

export function bullets(sentences: readonly Sentence[]): string {
  return sentences.map((sentence) => `- ${inMarkdown(sentence)}`).join("\n");
}

/**
 * @param most rows that are shown; what is left out is counted
 * @param chart whether each layer gets a bar, for a page with space
 */
export function layersTable(
  layers: readonly LayerRow[],
  titles: Titles,
  most: number,
  chart: boolean,
): string {
  const hasBase = titles.base !== null;
  const largest = Math.max(1, ...layers.map(({ head, base }) => Math.max(head ?? 0, base ?? 0)));
  const shown = layers.slice(0, most);
  const text = table(
    [
      "",
      "line",
      "instruction",
      ...(hasBase ? [inMarkdown(titles.base ?? [])] : []),
      inMarkdown(titles.head) || "size",
      ...(hasBase ? ["change", ""] : []),
      ...(chart ? [""] : []),
    ],
    [
      "right",
      "right",
      "left",
      ...(hasBase ? right(1) : []),
      "right",
      ...(hasBase ? (["right", "left"] as const) : []),
      "left",
    ],
    shown.map((row) => {
      const [head, base] = formatRow([row.head, row.base]);
      return [
        row.number,
        row.line === null ? "" : String(row.line),
        inMarkdown(row.what),
        ...(hasBase ? [base ?? ""] : []),
        head ?? "",
        ...(hasBase ? [row.difference ? formatChange(row.difference) : "", row.note] : []),
        ...(chart ? [bar(row.head ?? 0, largest)] : []),
      ];
    }),
  );
  return withRest(text, layers.length - shown.length, "layers");
}

export function filesTable(files: readonly FileRow[], titles: Titles, most: number): string {
  const shown = files.slice(0, most);
  const text = table(
    ["file", "line", inMarkdown(titles.base ?? []), inMarkdown(titles.head), "change"],
    ["left", "right", "right", "right", "right"],
    shown.map(({ path, line, head, base, difference }) => {
      const [now, before] = formatRow([head, base]);
      return [
        inMarkdown(say`${path}`),
        line === null ? "" : String(line),
        before ?? "",
        now ?? "",
        formatChange(difference),
      ];
    }),
  );
  return withRest(text, files.length - shown.length, "files");
}

type Alignment = "left" | "right";

function right(count: number): readonly Alignment[] {
  return Array.from({ length: count }, () => "right");
}

/** Cells are Markdown already, with no bar and no line end in it. */
export function table(
  titles: readonly string[],
  alignments: readonly Alignment[],
  rows: readonly (readonly string[])[],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  const rule = titles.map((_, index) => (alignments[index] === "right" ? "---:" : "---"));
  return [line(titles), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}

function remarkText({ verdict, text }: Remark): string {
  return verdict === null || verdict === "pass" ? inMarkdown(text) : `${emoji[verdict]} ${inMarkdown(text)}`;
}

function movedPart({ where, what, difference, paths }: MovedPart): string {
  const place = where === null ? "" : `${inMarkdown(where)} `;
  const inside = paths
    .map((path) => `${inMarkdown(say`${path.path}`)} ${formatBytes(path.head ?? 0)}`)
    .join(" · ");
  return `**${formatChange(difference)}** ${place}${inMarkdown(what)}${inside === "" ? "" : `<br>${inside}`}`;
}

function withRest(text: string, rest: number, what: string): string {
  return rest > 0 ? `${text}\n\nand ${rest} more ${what}` : text;
}
