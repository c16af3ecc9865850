import { say } from "../../policy/sentence.ts";
import { barsOf } from "../model/bar.ts";
import type { FileList, FileRow } from "../model/files.ts";
import type { LayerRow } from "../model/layers.ts";
import { formatBytes, formatChange } from "../text/format.ts";
import { inCell } from "../text/sentence.ts";
import { table } from "./table.ts";

// GitHub cuts off tables wider than its page. These fit on a phone: all words are in one column, and the
// base's size follows from size and change.

/**
 * Renders a table of layers.
 * @param maxRows rows to show; the others are counted
 * @param chart whether each layer gets a bar
 */
export function layersTable(layers: readonly LayerRow[], maxRows: number, chart: boolean): string {
  const hasBase = layers.some(({ difference }) => difference !== null);
  const bars = barsOf(layers);
  const shown = layers.slice(0, maxRows);
  const text = table(
    ["layer", "size", ...(hasBase ? ["change"] : [])],
    ["left", "right", "right"],
    shown.map((row, index) => [
      `${layerText(row)}${chart && bars[index] ? `<br>${bars[index]}` : ""}`,
      row.head === null ? "" : formatBytes(row.head),
      ...(hasBase ? [changeOf(row)] : []),
    ]),
  );
  const rest = layers.slice(maxRows).reduce((sum, { count }) => sum + count, 0);
  return withRest(text, rest, "layer");
}

export function filesTable({ rows, count }: FileList, maxRows: number): string {
  const shown = rows.slice(0, maxRows);
  const hasSizes = shown.some(({ head }) => head !== null);
  const text = table(
    ["file", ...(hasSizes ? ["size"] : []), "change"],
    ["left", "right", "right"],
    shown.map((row) => [
      fileText(row),
      ...(hasSizes ? [row.head === null ? "" : formatBytes(row.head)] : []),
      formatChange(row.difference),
    ]),
  );
  return withRest(text, count - shown.length, "file");
}

/** `3 · line 4 RUN make, new` */
function layerText({ number, line, what, note }: LayerRow): string {
  const start = `${number === "" ? "" : `${number} · `}${line === null ? "" : `line ${line} `}`;
  return `${start}${inCell(what)}${note === "" || note === "same" ? "" : `, ${note}`}`;
}

function changeOf({ note, difference }: LayerRow): string {
  if (note === "same") return "same";
  return difference ? formatChange(difference) : "";
}

/** `/usr/bin/make, added by line 4` */
function fileText({ path, line, base, head }: FileRow): string {
  const what = base === null ? [line === null ? "new" : "added"] : head === null ? ["gone"] : [];
  const origin = [...what, ...(line === null ? [] : [`by line ${line}`])].join(" ");
  return `${inCell(say`${path}`)}${origin === "" ? "" : `, ${origin}`}`;
}

function withRest(text: string, rest: number, noun: string): string {
  return rest > 0 ? `${text}\n\nand ${rest} more ${noun}${rest === 1 ? "" : "s"}` : text;
}
