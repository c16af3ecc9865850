import type { LayerReading } from "../image/layer/reading.ts";
import { listed } from "../image/listed.ts";
import { sum } from "../image/sum.ts";

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
  const bytes = sum(large.map((layer) => layer.bytes));
  if (bytes < minBytes) return [];
  const payload = sum(large.map(({ reading }) => reading.size));
  const numbers = large.filter((layer) => layer.bytes * 1000 >= bytes).map(({ number }) => number);
  const which =
    numbers.length === 1 ? `Layer ${numbers[0]} holds` : `Layers ${listed(numbers, maxListed)} hold`;
  return [
    `${which} ${inMegabytes(bytes)} of names, link targets, attributes and archive padding, besides ${inMegabytes(payload)} of files' content. No size counts these bytes.`,
  ];
}

/** Bytes in all such layers together from which a note is due: the size of a hidden program. */
const minBytes = 5_000_000;
/** Layers that the note lists. */
const maxListed = 5;
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

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
