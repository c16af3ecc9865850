import { Buffer } from "node:buffer";
import { type Marker, stringsOf } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings = stringsOf(markers);
const longest = Math.max(...strings.map(({ length }) => length));

// One pass for all strings, and it looks at every eighth place only: each string has a window of eleven bytes, and wherever the
// string stands, one of the eight words of four bytes in its window is looked at. It is faster than a regular expression over the
// bytes as text, and leaves no text behind.
const wordSize = 4;
const step = 8;
const windowSize = wordSize + step - 1;

/** Bytes of programs, those that they hold most of first; measured on Node's own, git, Python and Docker's. */
const byFrequency = "\0etiasnroldcpum_hg fbEvyAkSTCIRwDONPLMx-F:.U/V0B1";

/** How often a word seems to be in programs, by Zipf's law of ranks. */
function frequencyOf(word: string): number {
  const ranks = [...word]
    .map((byte) => byFrequency.indexOf(byte))
    .map((rank) => (rank < 0 ? byFrequency.length : rank));
  return ranks.reduce((product, rank) => product / (rank + 1), 1);
}

/** Where the window of a string begins of which the most frequent word is the rarest. */
function windowOf(text: string): number {
  const words = Array.from({ length: text.length - wordSize + 1 }, (_, at) =>
    frequencyOf(text.slice(at, at + wordSize)),
  );
  const windows = words.slice(step - 1).map((_, at) => Math.max(...words.slice(at, at + step)));
  return windows.indexOf(Math.min(...windows));
}

/** A string, and a word by which it is found. */
interface Clue {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** where the word is in the string */
  readonly offset: number;
}

const clues: ReadonlyMap<number, readonly Clue[]> = Map.groupBy(
  strings.flatMap((text) => {
    if (text.length < windowSize) throw new Error(`too short to be looked for: ${text}`);
    const bytes = Buffer.from(text, "latin1");
    const window = windowOf(text);
    return Array.from({ length: step }, (_, index) => ({ text, bytes, offset: window + index }));
  }),
  ({ bytes, offset }) => Buffer.from(bytes).readInt32LE(offset),
);

/** So many that few places of a program lead to a slot of a clue by chance. */
const slotBits = 18;

/** By slot of a word: whether there may be a clue. */
const isClue = new Uint8Array(2 ** slotBits);
for (const word of clues.keys()) isClue[slotOf(word)] = 1;

/** Fibonacci hashing: words of text and of code, which are much alike, are spread over all slots. */
function slotOf(word: number): number {
  return Math.imul(word, 0x9e3779b1) >>> (32 - slotBits);
}

/** Looks for all markers in bytes that stream by. */
export class MarkerSearch {
  readonly #found = new Set<string>();
  #tail: Uint8Array = Buffer.alloc(0);

  update(chunk: Uint8Array): void {
    // Where two chunks meet is searched by itself: joining them whole would copy every byte.
    const seam = Buffer.concat([this.#tail, chunk.subarray(0, longest - 1)]);
    if (this.#tail.length > 0) this.#search(seam);
    this.#search(chunk);
    // Copied: the chunk is the source's, which may fill it again.
    this.#tail =
      chunk.length < longest ? seam.subarray(1 - longest) : Buffer.from(chunk.subarray(1 - longest));
  }

  #search(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const end = bytes.length - wordSize + 1;
    let at = 0;
    // Four places between two branches.
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

  /** Names of the programs whose marker is there, sorted, each once. */
  finish(): readonly string[] {
    const whole = markers.filter(({ signs }) =>
      signs.every(({ least, of }) => of.filter((text) => this.#found.has(text)).length >= least),
    );
    return [...new Set(whole.map(({ name }) => name))].sort();
  }
}

/** Most differ at the first byte, which a call of native code would take longer to tell. */
function isAt(bytes: Uint8Array, start: number, wanted: Uint8Array): boolean {
  if (start < 0 || start + wanted.length > bytes.length) return false;
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[start + index] !== wanted[index]) return false;
  }
  return true;
}
