import type { Sentence } from "../audit/sentence.ts";
import { say } from "../audit/sentence.ts";
import { formatBytes, formatChange } from "./format.ts";
import type { Moved, MovedPart } from "./grew.ts";
import { type Alignment, table } from "./markdown-table.ts";
import { emoji } from "./marks.ts";
import type { Titles } from "./report.ts";
import { firstDetails, type Remark, type Row } from "./rows.ts";
import { inCell, inMarkdown } from "./sentence.ts";

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
    pick("", inCell(titles.base ?? []), inCell(titles.head), "change", ""),
    pick<Alignment>("left", "right", hasBase ? "right" : "left", "right", "left"),
    rows.map((row) =>
      pick(
        row.label.replaceAll(" ", "\u00a0"),
        inCell(row.base),
        inCell(row.details.length === 0 ? row.head : [...row.head, ": ", ...firstDetails(row)]),
        inCell(row.change),
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
