import type { LayerReading } from "../image/layer/reading.ts";

/**
 * Says where layers hold much that is no file's content: names, link targets, extended attributes, what follows the end of
 * the archive. Every pull fetches it and no size counts it, so that bytes could be hidden there.
 */
export function notesOnBytesBesidePayload(readings: readonly LayerReading[]): readonly string[] {
  const layers = readings.map((reading, index) => ({
    number: index + 1,
    reading,
    bytes: besidePayload(reading),
  }));
  const large = layers.filter(({ reading, bytes }) => isFarAbove(bytes, reading));
  const bytes = large.reduce((sum, layer) => sum + layer.bytes, 0);
  if (bytes < worthTelling) return [];
  const payload = large.reduce((sum, { reading }) => sum + reading.size, 0);
  const numbers = large.filter((layer) => layer.bytes * 1000 >= bytes).map(({ number }) => number);
  const which = numbers.length === 1 ? `Layer ${numbers[0]} holds` : `Layers ${listed(numbers)} hold`;
  return [
    `${which} ${inMegabytes(bytes)} beside ${inMegabytes(payload)} of files' content: names, link targets, attributes and padding of the archive, which no size counts.`,
  ];
}

/** Bytes, of all such layers together: as much as a program that was hidden would take. */
const worthTelling = 5_000_000;
/** Bytes: a header, on average half a block of padding, and a PAX header for names or times, as many tools write them. */
const perEntry = 2048;

function besidePayload({ size, tarSize }: LayerReading): number {
  // Holes of sparse files are payload, and stand in no archive.
  return Math.max(0, tarSize - size);
}

/** Whether there is more of it than of content, or more than so many entries explain. */
function isFarAbove(bytes: number, { size, entries }: LayerReading): boolean {
  return bytes > size || bytes > entries.length * perEntry;
}

function listed(numbers: readonly number[]): string {
  const most = 5;
  const shown = numbers.slice(0, most).join(", ");
  return numbers.length > most ? `${shown} and ${numbers.length - most} more` : shown;
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
