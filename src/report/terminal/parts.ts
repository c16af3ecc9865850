import { type Sentence, say } from "../../policy/sentence.ts";
import { barsOf, barWidth } from "../model/bar.ts";
import type { FileList } from "../model/files.ts";
import { restLines, type SizeChanges } from "../model/growth.ts";
import type { LayerRow } from "../model/layers.ts";
import type { PackageList } from "../model/packages.ts";
import { terminalText } from "../text/escape.ts";
import { formatBytes, formatChange, formatRow } from "../text/format.ts";
import { inText } from "../text/sentence.ts";
import type { Pen } from "./pen.ts";
import { cut, padEnd, padStart, widthOf, wrap } from "./text-layout.ts";

export function sizeChangeLines(changes: SizeChanges, pen: Pen): readonly string[] {
  const { parts } = changes;
  const rests = restLines(changes);
  const differences = [...parts, ...rests].map(({ difference }) => formatChange(difference));
  const width = Math.max(...differences.map(widthOf));
  const indent = 4 + width + 2;
  const lines = parts.flatMap(({ where, what, paths }, index) => {
    const place = where === null ? "" : `${inText(where)}  `;
    const text = `${place}${inText(what, pen.code)}`;
    const inside = paths.map((path) => wrap(inText(path, pen.code), pen.columns, indent + 2, indent));
    return [
      `    ${pen.paint.bold(padStart(differences[index] ?? "", width))}  ${wrap(text, pen.columns, indent, indent)}`,
      ...inside.map((path) => " ".repeat(indent) + path),
    ];
  });
  const last = rests.map(
    ({ what }, index) => `    ${padStart(differences[parts.length + index] ?? "", width)}  ${what}`,
  );
  return [...lines, ...last];
}

export function adviceLines(advice: readonly Sentence[], pen: Pen): readonly string[] {
  return advice.map((sentence) => `    • ${wrap(inText(sentence, pen.code), pen.columns, 6, 6)}`);
}

/** Renders what to do, the most telling first: several steps are numbered. */
export function stepLines(steps: readonly Sentence[], pen: Pen): readonly string[] {
  if (steps.length < 2) return adviceLines(steps, pen);
  return steps.map((step, index) => `    ${index + 1}. ${wrap(inText(step, pen.code), pen.columns, 7, 7)}`);
}

export function layerLines(layers: readonly LayerRow[], pen: Pen): readonly string[] {
  const bars = barsOf(layers);
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
  return layers.map(({ what }, index) => {
    const [number = "", line = "", size = "", change = "", note = ""] = cells[index] ?? [];
    const [numbers = 0, lines = 0, sizes = 0, changes = 0, notes = 0] = widths;
    const columns = [
      padStart(number, numbers),
      ...(lines > 0 ? [padEnd(line, lines)] : []),
      ...(wide ? [padEnd(bars[index] ?? "", barWidth)] : []),
      padStart(size, sizes),
      ...(changes > 0 ? [padStart(change, changes)] : []),
      ...(notes > 0 ? [padEnd(note, notes)] : []),
    ];
    const start = `    ${columns.join("  ")}  `;
    return start + pen.code(cut(inText(what), Math.max(12, pen.columns - widthOf(start))));
  });
}

export function fileLines({ rows, count }: FileList, pen: Pen): readonly string[] {
  const cells = rows.map(({ head, base, difference }) => ({
    change: formatChange(difference),
    sizes: base === null ? "new" : head === null ? "gone" : `${formatRow([base, head])[0] ?? ""} before`,
  }));
  const widths = {
    change: Math.max(0, ...cells.map(({ change }) => widthOf(change))),
    sizes: Math.max(0, ...cells.map(({ sizes }) => widthOf(sizes))),
  };
  const lines = rows.map(({ path }, index) => {
    const { change = "", sizes = "" } = cells[index] ?? {};
    return `    ${padStart(change, widths.change)}  ${padEnd(sizes, widths.sizes)}  ${inText(say`${path}`, pen.code)}`;
  });
  return count > rows.length ? [...lines, `    and ${count - rows.length} more`] : lines;
}

export function packageLines({ rows }: PackageList, pen: Pen): readonly string[] {
  const shown = rows.slice(0, maxPackages).map(({ what, difference }) => ({
    text: inText(what, pen.code),
    change: difference === null ? "" : formatChange(difference),
  }));
  const width = Math.max(...shown.map(({ change }) => widthOf(change)));
  const indent = 4 + width + 2;
  const lines = shown.map(
    ({ text, change }) => `    ${padStart(change, width)}  ${wrap(text, pen.columns, indent, indent)}`,
  );
  const rest = rows.length - shown.length;
  return rest > 0 ? [...lines, `    and ${rest} more`] : lines;
}

const maxPackages = 20;

export function noteLines(notes: readonly Sentence[], pen: Pen): readonly string[] {
  return notes.map((note) => pen.paint.dim(`    ${wrap(inText(note), pen.columns, 4, 4)}`));
}

/** Renders lines that a message quotes, such as the last ones of a build. */
export function quotedLines(lines: readonly string[], pen: Pen): readonly string[] {
  return lines.map((line) => pen.paint.dim(`    ${terminalText(line, 200)}`));
}
