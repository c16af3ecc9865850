import { say } from "../audit/sentence.ts";
import { barsOf } from "./bar.ts";
import type { FileRow } from "./files.ts";
import { formatBytes, formatChange } from "./format.ts";
import type { LayerRow } from "./layers.ts";
import { table } from "./markdown-table.ts";
import { inCell } from "./sentence.ts";

// GitHub cuts off what is wider than its page. These tables fit from 400 pixels on: all words are in one column, and the
// base's size is to be told from size and change.

/**
 * @param most rows that are shown; what is left out is counted
 * @param chart whether each layer gets a bar
 */
export function layersTable(layers: readonly LayerRow[], most: number, chart: boolean): string {
  const hasBase = layers.some(({ difference }) => difference !== null);
  const bars = barsOf(layers);
  const shown = layers.slice(0, most);
  const text = table(
    ["", "layer", "size", ...(hasBase ? ["change"] : [])],
    ["right", "left", "right", "right"],
    shown.map((row, index) => [
      row.number,
      `${layerText(row)}${chart && bars[index] ? `<br>${bars[index]}` : ""}`,
      row.head === null ? "" : formatBytes(row.head),
      ...(hasBase ? [changeOf(row)] : []),
    ]),
  );
  return withRest(text, layers.length - shown.length, "layer");
}

export function filesTable(files: readonly FileRow[], most: number): string {
  const shown = files.slice(0, most);
  const text = table(
    ["file", "size", "change"],
    ["left", "right", "right"],
    shown.map((row) => [
      fileText(row),
      row.head === null ? "" : formatBytes(row.head),
      formatChange(row.difference),
    ]),
  );
  return withRest(text, files.length - shown.length, "file");
}

/** `line 4 RUN make, new` */
function layerText({ line, what, note }: LayerRow): string {
  const start = line === null ? "" : `line ${line} `;
  return `${start}${inCell(what)}${note === "" || note === "same" ? "" : `, ${note}`}`;
}

function changeOf({ note, difference }: LayerRow): string {
  if (note === "same") return "same";
  return difference ? formatChange(difference) : "";
}

/** `/usr/bin/make, new by line 4` */
function fileText({ path, line, base }: FileRow): string {
  const origin = [...(base === null ? ["new"] : []), ...(line === null ? [] : [`by line ${line}`])].join(" ");
  return `${inCell(say`${path}`)}${origin === "" ? "" : `, ${origin}`}`;
}

function withRest(text: string, rest: number, noun: string): string {
  return rest > 0 ? `${text}\n\nand ${rest} more ${noun}${rest === 1 ? "" : "s"}` : text;
}
