import { Buffer } from "node:buffer";
import type { Marker } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings: readonly string[] = [...new Set(markers.flatMap(({ all }) => all))];
const longest = Math.max(...strings.map(({ length }) => length));

/** Bytes that programs have few of, 2 % of all together; measured on Node's own. */
const rare = "#-/mVYjs=:";
/** From its first rare byte on, a string must have so many, or it would seem to be there too often. */
const shortest = 3;

/** A string, taken to begin where it has a rare byte: what is before that is looked at only there. */
interface Anchored {
  readonly text: string;
  readonly offset: number;
}

const anchored: readonly Anchored[] = strings.map((text) => {
  const offset = [...text].findIndex((byte, index) => rare.includes(byte) && index <= text.length - shortest);
  return { text, offset: Math.max(0, offset) };
});
const byFirstByte = Map.groupBy(anchored, ({ text, offset }) => text[offset]);

// One pass for all strings: V8 compiles the alternation to native code that leaps to where one of them can begin, and to look for
// few and rare bytes is what makes it fast: about 1.3 GB/s, half of that where strings begin with any. As many calls of indexOf come
// to 150 MB/s. Nothing in it can backtrack.
const anyString = new RegExp(
  [...new Set(anchored.map(({ text, offset }) => text.slice(offset)))]
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"))
    .join("|"),
  "g",
);

/** Bytes that are searched at a time: V8 maps memory anew for a longer string, which takes longer than to search it. */
const pieceSize = 64 * 1024;

/** Looks for all markers in bytes that stream by. */
export class MarkerSearch {
  readonly #found = new Set<string>();
  #tail = "";

  update(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let start = 0; start < bytes.length; start += pieceSize) {
      this.#search(bytes.toString("latin1", start, start + pieceSize + longest - 1));
    }
    // Where two chunks meet is searched by itself: joining them whole would copy every byte.
    const seam = this.#tail + bytes.toString("latin1", 0, longest - 1);
    if (this.#tail !== "") this.#search(seam);
    // Text of its own: a part of the chunk's would keep all of it in memory until the next comes.
    const end = bytes.toString("latin1", Math.max(0, bytes.length - longest + 1));
    this.#tail = bytes.length < longest ? seam.slice(1 - longest) : end;
  }

  #search(text: string): void {
    anyString.lastIndex = 0;
    for (let match = anyString.exec(text); match !== null; match = anyString.exec(text)) {
      const { index } = match;
      for (const { text: whole, offset } of byFirstByte.get(text[index]) ?? []) {
        if (text.startsWith(whole, index - offset)) this.#found.add(whole);
      }
      // Strings may overlap: the NUL that ends one name of a table begins the next.
      anyString.lastIndex = index + 1;
    }
  }

  /** Names of the programs whose marker is there, sorted, each once. */
  finish(): readonly string[] {
    const whole = markers.filter(({ all }) => all.every((text) => this.#found.has(text)));
    return [...new Set(whole.map(({ name }) => name))].sort();
  }
}
