import type { Inspection } from "../../inspect/inspection.ts";
import { ownWaste } from "../../policy/own-waste.ts";
import { largestLayerSize } from "../../policy/rules/max-layer-size.ts";
import type { Fact } from "../../policy/rules/rule.ts";
import { formatChange, formatPercentChange, formatRow } from "../text/format.ts";
import { type Judged, remarksOf } from "./remarks.ts";
import { type Row, textCell } from "./row.ts";

/** Returns the rows of further sizes, where a rule judges them. */
export function judgedByteRows(image: Judged): readonly Row[] {
  const sizes: readonly [label: string, fact: Fact, sizeOf: (side: Inspection) => number][] = [
    ["Unpacked size", "unpacked-size", ({ unpackedSize }) => unpackedSize],
    ["Largest layer", "layer-size", largestLayerSize],
    ["Wasted bytes", "waste", ownWaste],
  ];
  const { head, base } = image;
  return [
    ...sizes.flatMap(([label, fact, sizeOf]) => {
      const remarks = remarksOf(image, fact);
      return remarks.length === 0
        ? []
        : [{ ...bytesRow(label, sizeOf(head), base === null ? null : sizeOf(base)), remarks }];
    }),
    ...pathsRow(image),
  ];
}

function pathsRow(image: Judged): readonly Row[] {
  const remarks = remarksOf(image, "paths");
  if (remarks.length === 0) return [];
  const count = image.pathSizes?.length ?? 0;
  return [{ label: "Path budgets", base: [], head: [`${count}`], details: [], change: [], remarks }];
}

/** Returns a row of a size in bytes; null if it is unknown, or there is no base. */
export function bytesRow(label: string, head: number | null, base: number | null): Row {
  const [headText, baseText] = formatRow([head, base]);
  const difference = head === null || base === null ? null : head - base;
  const percent = difference === null || !base ? null : formatPercentChange((difference / base) * 100);
  const change =
    difference === null
      ? []
      : [difference === 0 ? "same" : `${formatChange(difference)}${percent === null ? "" : ` (${percent})`}`];
  return { label, base: textCell(baseText), head: textCell(headText), details: [], change, remarks: [] };
}
