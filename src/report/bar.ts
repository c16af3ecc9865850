/** A bar of block characters, in eighths, at most `width` wide: a chart that needs no image. */
export function bar(value: number, largest: number, width = 20): string {
  const eighths = Math.round((value / largest) * width * 8);
  const rest = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8] ?? "";
  return "█".repeat(Math.floor(eighths / 8)) + (eighths === 0 && value > 0 ? "▏" : rest);
}
