import { Buffer } from "node:buffer";
import type { Marker } from "./marker.ts";
import { packageManagerMarkers } from "./package-manager-markers.ts";
import { shellMarkers } from "./shell-markers.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings: readonly string[] = [...new Set(markers.flatMap(({ all }) => all))];
const longest = Math.max(...strings.map(({ length }) => length));

// One pass for all strings: V8 compiles the alternation to native code that leaps to where one of them can begin, at about
// 650 MB/s; as many calls of indexOf come to 150. Nothing in it can backtrack. A string with two NULs in a row would
// halve that: programs are full of them.
const anyString = new RegExp(
  strings.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|"),
  "g",
);

/** Looks for all markers in bytes that stream by. */
export class MarkerSearch {
  readonly #found = new Set<string>();
  #tail = "";

  update(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const text = bytes.toString("latin1");
    this.#search(text);
    // Where two chunks meet is searched by itself: joining them whole would copy every byte.
    const seam = this.#tail + text.slice(0, longest - 1);
    if (this.#tail !== "") this.#search(seam);
    this.#tail = text.length < longest ? seam.slice(1 - longest) : text.slice(1 - longest);
  }

  #search(text: string): void {
    anyString.lastIndex = 0;
    for (let match = anyString.exec(text); match !== null; match = anyString.exec(text)) {
      this.#found.add(match[0]);
      // Strings may overlap: the NUL that ends one name of a table begins the next.
      anyString.lastIndex = match.index + 1;
    }
  }

  /** Names of the programs whose marker is there, sorted, each once. */
  finish(): readonly string[] {
    const whole = markers.filter(({ all }) => all.every((text) => this.#found.has(text)));
    return [...new Set(whole.map(({ name }) => name))].sort();
  }
}
