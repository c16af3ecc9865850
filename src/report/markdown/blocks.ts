import type { Sentence } from "../../policy/sentence.ts";
import { restLines, type SizeChange, type SizeChanges } from "../model/growth.ts";
import type { Message } from "../model/message.ts";
import type { Titles } from "../model/report.ts";
import { firstDetails, type Remark, type Row } from "../model/row.ts";
import { markdownCode } from "../text/escape.ts";
import { formatChange } from "../text/format.ts";
import { inCell, inMarkdown } from "../text/sentence.ts";
import { emoji } from "./marks.ts";
import { table } from "./table.ts";

/**
 * Renders the table of facts, with at most three columns: a phone cuts off a fourth. So both sides share one
 * column, and the rules' remarks are below the change.
 */
export function factsTable(rows: readonly Row[], titles: Titles): string {
  const hasBase = titles.base !== null;
  const hasLast = hasBase || rows.some(({ remarks }) => remarks.length > 0);
  const title =
    titles.base === null ? inCell(titles.head) : `${inCell(titles.base)} → ${inCell(titles.head)}`;
  return table(
    ["", title, ...(hasLast ? [hasBase ? "change" : ""] : [])],
    ["left", hasBase ? "right" : "left", hasBase ? "right" : "left"],
    rows.map((row) => {
      const last = [inCell(row.change), ...row.remarks.map(remarkText)].filter((text) => text !== "");
      return [row.label, sidesText(row, hasBase), ...(hasLast ? [last.join("<br>")] : [])];
    }),
  );
}

/** `1.83 MB → 1.27 GB`; one value if both are the same. */
function sidesText(row: Row, hasBase: boolean): string {
  const [base, head] = [inCell(row.base), inCell(row.head)];
  const details = row.details.length === 0 ? "" : `: ${inCell(firstDetails(row))}`;
  return hasBase && base !== head ? `${base || "–"} → ${head || "–"}${details}` : `${head}${details}`;
}

export function sizeChangeList(changes: SizeChanges): string {
  const items = [
    ...changes.parts.map(sizeChangeItem),
    ...restLines(changes).map(({ what, difference }) => `${what}: **${formatChange(difference)}**`),
  ];
  return `**What ${changes.direction}**\n\n${items.map((item) => `- ${item}`).join("\n")}`;
}

/** Renders what to do, the most telling first: several steps are numbered. */
export function adviceList(advice: readonly Sentence[]): string {
  const steps = advice.map((sentence, index) => `${index + 1}. ${inMarkdown(sentence)}`);
  return `**What to do**\n\n${advice.length > 1 ? steps.join("\n") : bullets(advice)}`;
}

export function policyList(remarks: readonly Sentence[]): string {
  return `**Policy**\n\n${bullets(remarks)}`;
}

export function bullets(sentences: readonly Sentence[]): string {
  return sentences.map((sentence) => `- ${inMarkdown(sentence)}`).join("\n");
}

/** Renders a message and the lines that it quotes, without newlines, so it fits in a table or quote. */
export function messageText({ said, lines }: Message): string {
  return [inMarkdown(said), ...lines.map((line) => markdownCode(line, 200))].join("<br>");
}

/** Renders why there is no base. Quotes fewer lines, since the report is about the head. */
export function missingBaseQuote({ said, lines }: Message): string {
  return `> **No base to compare with.** ${messageText({ said, lines: lines.slice(-5) })}`;
}

function remarkText({ verdict, text }: Remark): string {
  return verdict === null || verdict === "pass" ? inMarkdown(text) : `${emoji[verdict]} ${inMarkdown(text)}`;
}

function sizeChangeItem({ where, what, difference, paths }: SizeChange): string {
  const place = where === null ? "" : `${inMarkdown(where)} `;
  const inside = paths.map((path) => inMarkdown(path)).join(" · ");
  return `**${formatChange(difference)}** ${place}${inMarkdown(what)}${inside === "" ? "" : `<br>${inside}`}`;
}
