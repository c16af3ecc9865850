import { Buffer } from "node:buffer";
import type { Marker } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings: readonly string[] = [...new Set(markers.flatMap(({ all }) => all))];
const longest = Math.max(...strings.map(({ length }) => length));

// One pass for all strings, and it looks at every third pair of bytes only: each string has a window of four bytes, and wherever the
// string stands, one of the three pairs in its window is looked at. It is faster than a regular expression over the bytes as text,
// and leaves no text behind.
const windowSize = 4;
const step = windowSize - 1;
/** Pairs that are looked at between two branches. */
const unrolled = 4;

/** Bytes of programs, those that they hold most of first; measured on Node's own, git, Python and Docker's. */
const byFrequency = "\0etiasnroldcpum_hg fbEvyAkSTCIRwDONPLMx-F:.U/V0B1";

/** How often a pair of bytes seems to be in programs, by Zipf's law of ranks. */
function frequencyOf(pair: string): number {
  const ranks = [...pair]
    .map((byte) => byFrequency.indexOf(byte))
    .map((rank) => (rank < 0 ? byFrequency.length : rank));
  return ranks.reduce((product, rank) => product / (rank + 1), 1);
}

/** Where the four bytes of a string begin of which the most frequent pair is the rarest. */
function windowOf(text: string): number {
  const pairs = Array.from({ length: text.length - 1 }, (_, at) => frequencyOf(text.slice(at, at + 2)));
  const windows = pairs.slice(step - 1).map((_, at) => Math.max(...pairs.slice(at, at + step)));
  return windows.indexOf(Math.min(...windows));
}

/** A string, and a pair of bytes by which it is found. */
interface Clue {
  readonly text: string;
  readonly bytes: Uint8Array;
  /** where the pair is in the string */
  readonly offset: number;
}

const clues: ReadonlyMap<number, readonly Clue[]> = Map.groupBy(
  strings.flatMap((text) => {
    const bytes = Buffer.from(text, "latin1");
    const window = windowOf(text);
    return Array.from({ length: step }, (_, index) => ({ text, bytes, offset: window + index }));
  }),
  ({ bytes, offset }) => pairAt(bytes, offset),
);

/** By pair of bytes: whether there is a clue. */
const isClue = new Uint8Array(2 ** 16);
for (const pair of clues.keys()) isClue[pair] = 1;

function pairAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
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
    const { buffer, byteOffset, length } = bytes;
    const view = new DataView(buffer, byteOffset, length);
    const block = unrolled * step;
    let at = 0;
    for (; at + block < length; at += block) {
      const isNear =
        (isClue[view.getUint16(at, true)] ?? 0) |
        (isClue[view.getUint16(at + step, true)] ?? 0) |
        (isClue[view.getUint16(at + 2 * step, true)] ?? 0) |
        (isClue[view.getUint16(at + 3 * step, true)] ?? 0);
      if (isNear !== 0) this.#look(bytes, at, at + block);
    }
    this.#look(bytes, at, length - 1);
  }

  #look(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at += step) {
      const pair = pairAt(bytes, at);
      if (isClue[pair] === 0) continue;
      for (const clue of clues.get(pair) ?? []) {
        if (isAt(bytes, at - clue.offset, clue.bytes)) this.#found.add(clue.text);
      }
    }
  }

  /** Names of the programs whose marker is there, sorted, each once. */
  finish(): readonly string[] {
    const whole = markers.filter(({ all }) => all.every((text) => this.#found.has(text)));
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
