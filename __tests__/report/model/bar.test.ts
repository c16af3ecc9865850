import { expect, test } from "vitest";
import { barsOf } from "../../../src/report/model/bar.ts";
import type { LayerRow } from "../../../src/report/model/layers.ts";

function row(head: number | null, base: number | null): LayerRow {
  return { number: "1", count: 1, line: null, what: [], head, base, difference: null, note: "" };
}

test("bars have one scale, removed layers are shaded, and no existing layer has an empty bar", () => {
  expect(barsOf([row(800, null), row(100, 100), row(null, 400), row(1, null), row(0, null)])).toEqual([
    "██████████",
    "█▎",
    "░░░░░",
    "▏",
    "",
  ]);
});

test("no layer's bar is longer than that of the removed layers", () => {
  expect(barsOf([row(1_250_000, null), row(null, 651_000_000), row(null, 949)])).toEqual([
    "▏",
    "░░░░░░░░░░",
    "▏",
  ]);
});
