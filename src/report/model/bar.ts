import type { LayerRow } from "./layers.ts";

/** Maximum width of a bar, in characters: it leaves room for an instruction on a page of 400 pixels. */
export const barWidth = 10;

/** Draws a bar of characters for each layer, all to one scale. Layers that are gone are shaded. */
export function barsOf(layers: readonly LayerRow[]): readonly string[] {
  const largest = Math.max(1, ...layers.map(({ head, base }) => Math.max(head ?? 0, base ?? 0)));
  return layers.map(({ head, base }) => (head === null ? shade(base ?? 0, largest) : bar(head, largest)));
}

/** Draws a bar in steps of an eighth of a character. */
function bar(value: number, largest: number): string {
  const eighths = Math.round((value / largest) * barWidth * 8);
  const rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return "█".repeat(Math.floor(eighths / 8)) + (eighths === 0 && value > 0 ? "▏" : rest);
}

function shade(value: number, largest: number): string {
  return "░".repeat(Math.round((value / largest) * barWidth)) || bar(value, largest);
}
