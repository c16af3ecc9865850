import type { LayerRow } from "./layers.ts";

/** As wide as a bar is at most, in characters: beside it there is room for an instruction on a page of 400 pixels. */
export const barWidth = 10;

/** A bar for each layer, to one scale, of characters: a chart that needs no image. What is gone is shaded. */
export function barsOf(layers: readonly LayerRow[]): readonly string[] {
  const largest = Math.max(1, ...layers.map(({ head, base }) => Math.max(head ?? 0, base ?? 0)));
  return layers.map(({ head, base }) => (head === null ? shade(base ?? 0, largest) : bar(head, largest)));
}

/** In eighths. */
function bar(value: number, largest: number): string {
  const eighths = Math.round((value / largest) * barWidth * 8);
  const rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return "█".repeat(Math.floor(eighths / 8)) + (eighths === 0 && value > 0 ? "▏" : rest);
}

function shade(value: number, largest: number): string {
  return "░".repeat(Math.round((value / largest) * barWidth)) || bar(value, largest);
}
