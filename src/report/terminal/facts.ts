import type { Titles } from "../model/report.ts";
import { firstDetails, type Remark, type Row } from "../model/row.ts";
import { inText } from "../text/sentence.ts";
import { mark, type Pen } from "./pen.ts";
import { cut, padEnd, padStart, widthOf, wrap } from "./text-layout.ts";

/** Renders the facts, side by side if there is a base. What does not fit on a line is below it. */
export function factLines(rows: readonly Row[], titles: Titles, pen: Pen): readonly string[] {
  if (titles.base === null) return oneSided(rows, pen);
  const header: Cells = ["", cut(inText(titles.base), maxTitle), inText(titles.head), "change"];
  const whole = rows.map(cellsOf);
  const longestRemark = Math.max(
    ...rows.flatMap((row) => row.remarks.map((remark) => widthOf(remarkText(remark, pen)))),
    -2,
  );
  const isWide = startOfRemarks(widthsOf([header, ...whole])) + longestRemark > pen.columns;
  const cells = isWide ? whole.map(withoutLong) : whole;
  const widths = widthsOf([header, ...cells]);
  const start = startOfRemarks(widths);

  return [
    pen.paint.dim(lineOf(header, widths)),
    ...rows.flatMap((row, index) => {
      const own = cells[index] ?? header;
      const remarks = row.remarks.map((remark) => remarkText(remark, pen));
      const isRoom = remarks.every((remark) => start + widthOf(remark) <= pen.columns);
      const [first, ...more] = isRoom ? remarks : [];
      return [
        first === undefined ? lineOf(own, widths) : `${lineOf(own, widths)}  ${first}`,
        ...more.map((remark) => " ".repeat(start) + remark),
        ...(own === whole[index] ? [] : [`    ${wrap(bothSides(row, pen), pen.columns, 4, 4)}`]),
        ...(isRoom ? [] : remarks.map((remark) => `    ${wrap(remark, pen.columns, 4, 4)}`)),
        ...detailLines(row, 4, pen),
      ];
    }),
  ];
}

/** Label, base, head, change. */
type Cells = readonly [string, string, string, string];

function cellsOf(row: Row): Cells {
  return [row.label, inText(row.base), inText(row.head), inText(row.change)];
}

/** Maximum width of a cell that stays on its line when space is short. Numbers are never wider. */
const maxCell = 14;
const maxTitle = 24;

function withoutLong(cells: Cells): Cells {
  const [label, base, head, change] = cells;
  return [base, head].every((cell) => widthOf(cell) <= maxCell) ? cells : [label, "", "", change];
}

function bothSides({ base, head }: Row, pen: Pen): string {
  const [before, after] = [inText(base, pen.code), inText(head, pen.code)];
  return before === after ? after : `${before} → ${after}`;
}

function widthsOf(lines: readonly Cells[]): readonly number[] {
  return [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => widthOf(line[column] ?? ""))));
}

function startOfRemarks(widths: readonly number[]): number {
  return 2 + widths.reduce((sum, width) => sum + (width > 0 ? width + 2 : 0), 0);
}

function lineOf([label, ...facts]: Cells, [labels = 0, ...widths]: readonly number[]): string {
  const columns = facts
    .map((cell, column) => padStart(cell, widths[column] ?? 0))
    .filter((_, column) => widths[column]);
  return `  ${[padEnd(label, labels), ...columns].join("  ")}`;
}

function oneSided(rows: readonly Row[], pen: Pen): readonly string[] {
  const labels = Math.max(...rows.map(({ label }) => widthOf(label)));
  const indent = 2 + labels + 2;
  return rows.flatMap((row) => {
    const facts = [inText(row.head, pen.code), ...row.remarks.map((remark) => remarkText(remark, pen))].join(
      ", ",
    );
    return [
      `  ${padEnd(row.label, labels)}  ${wrap(facts, pen.columns, indent, indent)}`,
      ...detailLines(row, indent, pen),
    ];
  });
}

function detailLines(row: Row, indent: number, pen: Pen): readonly string[] {
  if (row.details.length === 0) return [];
  return [" ".repeat(indent) + wrap(inText(firstDetails(row), pen.code), pen.columns, indent, indent)];
}

function remarkText({ verdict, text }: Remark, pen: Pen): string {
  const words = inText(text, pen.code);
  return verdict === null || verdict === "pass" ? words : `${mark(verdict, pen)}: ${words}`;
}
