import { Buffer } from "node:buffer";
import { type Marker, stringsOf } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings = stringsOf(markers);
const maxLength = Math.max(...strings.map(({ length }) => length));

// One pass searches for all strings and examines only every eighth position. Each string has a window of
// eleven bytes. Wherever the string is, one of the eight four-byte words in its window is at an examined
// position. This is faster than a regular expression over the bytes as text, and creates no text.
const wordSize = 4;
const step = 8;
const windowSize = wordSize + step - 1;

/** The most frequent bytes in the binaries of Node, git, Python and Docker, in descending order. */
const byFrequency = "\0etiasnroldcpum_hg fbEvyAkSTCIRwDONPLMx-F:.U/V0B1";

/** Estimates how often a word occurs in programs, by Zipf's law of ranks. */
function frequencyOf(word: string): number {
  const ranks = [...word]
    .map((byte) => byFrequency.indexOf(byte))
    .map((rank) => (rank < 0 ? byFrequency.length : rank));
  return ranks.reduce((product, rank) => product / (rank + 1), 1);
}

/** Returns the offset of the window whose most frequent word is the rarest. */
function windowOf(text: string): number {
  const words = Array.from({ length: text.length - wordSize + 1 }, (_, at) =>
    frequencyOf(text.slice(at, at + wordSize)),
  );
  const windows = words.slice(step - 1).map((_, at) => Math.max(...words.slice(at, at + step)));
  return windows.indexOf(Math.min(...windows));
}

/** A string, and one of the words by which it is found. */
interface Clue {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** where the word is in the string */
  readonly offset: number;
}

const clues: ReadonlyMap<number, readonly Clue[]> = Map.groupBy(
  strings.flatMap((text) => {
    if (text.length < windowSize) throw new Error(`too short to search for: ${text}`);
    const bytes = Buffer.from(text, "latin1");
    const window = windowOf(text);
    return Array.from({ length: step }, (_, index) => ({ text, bytes, offset: window + index }));
  }),
  ({ bytes, offset }) => Buffer.from(bytes).readInt32LE(offset),
);

/** Enough that few words of a program hit the slot of a clue by chance. */
const slotBits = 18;

/** For each slot, whether a word with that slot may be a clue. */
const isClue = new Uint8Array(2 ** slotBits);
for (const word of clues.keys()) isClue[slotOf(word)] = 1;

/**
 * Returns a word's slot. Fibonacci hashing spreads words of text and code, which are similar, over all slots.
 */
function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - slotBits);
}

/** Searches a stream of bytes for all markers. */
export class MarkerSearch {
  readonly #found = new Set<string>();
  #tail: Uint8Array = Buffer.alloc(0);

  update(chunk: Uint8Array): void {
    // The seam between two chunks is searched separately: joining whole chunks would copy every byte.
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, maxLength - 1)]);
    if (this.#tail.length > 0) this.#search(seam);
    this.#search(chunk);
    // A copy, because the source may reuse the chunk.
    this.#tail =
      chunk.length < maxLength ? seam.subarray(1 - maxLength) : Buffer.from(chunk.subarray(1 - maxLength));
  }

  #search(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const end = bytes.length - wordSize + 1;
    let at = 0;
    // Examines four positions per branch.
    for (; at + 3 * step < end; at += 4 * step) {
      const isNear =
        (isClue[slotOf(view.getInt32(at, true))] ?? 0) |
        (isClue[slotOf(view.getInt32(at + step, true))] ?? 0) |
        (isClue[slotOf(view.getInt32(at + 2 * step, true))] ?? 0) |
        (isClue[slotOf(view.getInt32(at + 3 * step, true))] ?? 0);
      if (isNear !== 0) this.#look(bytes, view, at, at + 4 * step);
    }
    this.#look(bytes, view, at, end);
  }

  #look(bytes: Uint8Array, view: DataView, from: number, to: number): void {
    for (let at = from; at < to; at += step) {
      const word = view.getInt32(at, true);
      if (isClue[slotOf(word)] === 0) continue;
      for (const clue of clues.get(word) ?? []) {
        if (isAt(bytes, at - clue.offset, clue.bytes)) this.#found.add(clue.text);
      }
    }
  }

  /** Returns the names of programs whose marker was found, sorted, without duplicates. */
  finish(): readonly string[] {
    if (this.#found.size === 0) return [];
    const complete = markers.filter(({ signs }) =>
      signs.every(({ least, of }) => of.filter((text) => this.#found.has(text)).length >= least),
    );
    return [...new Set(complete.map(({ name }) => name))].sort();
  }
}

/** Compares bytes. Most candidates differ at the first byte, so that native code would be slower. */
function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  if (start < 0 || start + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[start + index] !== wanted[index]) return false;
  }
  return true;
}
