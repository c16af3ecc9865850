import type { LayerReading } from "../image/layer/reading.ts";

/**
 * Returns a note if layers hold many bytes outside of files' content: names, link targets, extended
 * attributes, or data after the end of the archive. Every pull transfers these bytes and no size counts them,
 * so that data could be hidden there.
 */
export function notesOnBytesBesidePayload(readings: readonly LayerReading[]): readonly string[] {
  const layers = readings.map((reading, index) => ({
    number: index + 1,
    reading,
    bytes: besidePayload(reading),
  }));
  const large = layers.filter(({ reading, bytes }) => isFarAbove(bytes, reading));
  const bytes = large.reduce((sum, layer) => sum + layer.bytes, 0);
  if (bytes < minBytes) return [];
  const payload = large.reduce((sum, { reading }) => sum + reading.size, 0);
  const numbers = large.filter((layer) => layer.bytes * 1000 >= bytes).map(({ number }) => number);
  const which = numbers.length === 1 ? `Layer ${numbers[0]} holds` : `Layers ${listed(numbers)} hold`;
  return [
    `${which} ${inMegabytes(bytes)} of names, link targets, attributes and archive padding, besides ${inMegabytes(payload)} of files' content. No size counts these bytes.`,
  ];
}

/** Bytes in all such layers together from which a note is due: the size of a hidden program. */
const minBytes = 5_000_000;
/** Bytes of a header, of half a block of padding on average, and of a PAX header for names or times. */
const perEntry = 2048;

function besidePayload({ size, tarSize }: LayerReading): number {
  // Holes of sparse files are payload, but are not in the archive.
  return Math.max(0, tarSize - size);
}

/** Reports whether the bytes exceed the layer's content, or what its number of entries explains. */
function isFarAbove(bytes: number, { size, entries }: LayerReading): boolean {
  return bytes > size || bytes > entries.length * perEntry;
}

function listed(numbers: readonly number[]): string {
  const maxListed = 5;
  const shown = numbers.slice(0, maxListed).join(", ");
  return numbers.length > maxListed ? `${shown} and ${numbers.length - maxListed} more` : shown;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
