import { type Sentence, say } from "../audit/sentence.ts";
import { bar } from "./bar.ts";
import type { FileRow } from "./files.ts";
import { formatBytes, formatChange, formatRow } from "./format.ts";
import type { Moved } from "./grew.ts";
import type { LayerRow } from "./layers.ts";
import { mark, type Pen } from "./pen.ts";
import type { Titles } from "./report.ts";
import { firstDetails, type Remark, type Row } from "./rows.ts";
import { inText } from "./sentence.ts";
import { cut, padEnd, padStart, widthOf, wrap } from "./text-layout.ts";

/** The facts, side by side where there are two; what a line has no room for goes below it. */
export function factLines(rows: readonly Row[], titles: Titles, pen: Pen): readonly string[] {
  if (titles.base === null) return oneSided(rows, pen);
  const cells = [
    ["", inText(titles.base), inText(titles.head), "change"],
    ...rows.map((row) => [row.label, inText(row.base), inText(row.head), inText(row.change)]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((line) => widthOf(line[column] ?? ""))));
  const [labels = 0, ...others] = widths;
  const columns = others.filter((width) => width > 0);
  const start = 2 + labels + columns.reduce((sum, width) => sum + 2 + width, 0) + 2;

  return cells.flatMap((line, index) => {
    const row = rows[index - 1];
    const facts = line
      .slice(1)
      .map((cell, column) => ((others[column] ?? 0) > 0 ? `  ${padStart(cell, others[column] ?? 0)}` : ""))
      .join("");
    const text = `  ${padEnd(line[0] ?? "", labels)}${facts}`;
    if (row === undefined) return [pen.paint.dim(text)];
    const remarks = row.remarks.map((remark) => remarkText(remark, pen));
    const isRoom = remarks.every((remark) => start + widthOf(remark) <= pen.columns);
    const [first, ...more] = isRoom ? remarks : [];
    return [
      first === undefined ? text : `${text}  ${first}`,
      ...more.map((remark) => " ".repeat(start) + remark),
      ...(isRoom ? [] : remarks.map((remark) => `    ${wrap(remark, pen.columns - 4, 4)}`)),
      ...detailLines(row, 4, pen),
    ];
  });
}

function oneSided(rows: readonly Row[], pen: Pen): readonly string[] {
  const labels = Math.max(...rows.map(({ label }) => widthOf(label)));
  const indent = 2 + labels + 2;
  return rows.flatMap((row) => {
    const facts = [inText(row.head, pen.code), ...row.remarks.map((remark) => remarkText(remark, pen))].join(
      ", ",
    );
    return [
      `  ${padEnd(row.label, labels)}  ${wrap(facts, pen.columns - indent, indent)}`,
      ...detailLines(row, indent, pen),
    ];
  });
}

function detailLines(row: Row, indent: number, pen: Pen): readonly string[] {
  if (row.details.length === 0) return [];
  return [" ".repeat(indent) + wrap(inText(firstDetails(row), pen.code), pen.columns - indent, indent)];
}

export function movedLines({ parts, rest }: Moved, pen: Pen): readonly string[] {
  const changes = [...parts, ...(rest === null ? [] : [rest])].map(({ difference }) =>
    formatChange(difference),
  );
  const width = Math.max(...changes.map(widthOf));
  const indent = 4 + width + 2;
  const lines = parts.flatMap(({ where, what, paths }, index) => {
    const place = where === null ? "" : `${inText(where)}  `;
    const text = `${place}${inText(what, pen.code)}`;
    const inside = paths.map(
      ({ path, head }) => `${inText(say`${path}`, pen.code)} ${formatBytes(head ?? 0)}`,
    );
    return [
      `    ${pen.paint.bold(padStart(changes[index] ?? "", width))}  ${wrap(text, pen.columns - indent, indent)}`,
      ...inside.map((path) => " ".repeat(indent) + path),
    ];
  });
  if (rest === null) return lines;
  return [...lines, `    ${padStart(changes.at(-1) ?? "", width)}  ${rest.layers} more`];
}

export function adviceLines(advice: readonly Sentence[], pen: Pen): readonly string[] {
  return advice.map((sentence) => `    • ${wrap(inText(sentence, pen.code), pen.columns - 6, 6)}`);
}

export function layerLines(layers: readonly LayerRow[], pen: Pen): readonly string[] {
  const largest = Math.max(1, ...layers.map(({ head }) => head ?? 0));
  const hasBase = layers.some(({ difference }) => difference !== null);
  const cells = layers.map(({ number, line, head, difference, note }) => [
    number,
    line === null ? "" : `line ${line}`,
    head === null ? "" : formatBytes(head),
    hasBase ? (difference ? formatChange(difference) : "") : "",
    note,
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) =>
    Math.max(0, ...cells.map((line) => widthOf(line[column] ?? ""))),
  );
  const wide = pen.columns >= 80;
  return layers.map(({ what, head }, index) => {
    const [number = "", line = "", size = "", change = "", note = ""] = cells[index] ?? [];
    const [numbers = 0, lines = 0, sizes = 0, changes = 0, notes = 0] = widths;
    const columns = [
      padStart(number, numbers),
      ...(lines > 0 ? [padEnd(line, lines)] : []),
      ...(wide ? [padEnd(bar(head ?? 0, largest, 10), 10)] : []),
      padStart(size, sizes),
      ...(changes > 0 ? [padStart(change, changes)] : []),
      ...(notes > 0 ? [padEnd(note, notes)] : []),
    ];
    const start = `    ${columns.join("  ")}  `;
    return start + pen.code(cut(inText(what), Math.max(12, pen.columns - widthOf(start))));
  });
}

export function fileLines(files: readonly FileRow[], pen: Pen): readonly string[] {
  const cells = files.map(({ head, base, difference }) => ({
    change: formatChange(difference),
    sizes: base === null ? "new" : `${formatRow([base, head])[0] ?? ""} before`,
  }));
  const widths = {
    change: Math.max(0, ...cells.map(({ change }) => widthOf(change))),
    sizes: Math.max(0, ...cells.map(({ sizes }) => widthOf(sizes))),
  };
  return files.map(({ path }, index) => {
    const { change = "", sizes = "" } = cells[index] ?? {};
    return `    ${padStart(change, widths.change)}  ${padEnd(sizes, widths.sizes)}  ${inText(say`${path}`, pen.code)}`;
  });
}

export function noteLines(notes: readonly Sentence[], pen: Pen): readonly string[] {
  return notes.map((note) => pen.paint.dim(`    ${wrap(inText(note), pen.columns - 4, 4)}`));
}

function remarkText({ verdict, text }: Remark, pen: Pen): string {
  const words = inText(text, pen.code);
  return verdict === null || verdict === "pass" ? words : `${mark(verdict, pen)}: ${words}`;
}
