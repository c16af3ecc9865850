import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Marker, stringsOf } from "../../../src/inspect/programs/marker.ts";
import { MarkerSearch } from "../../../src/inspect/programs/marker-search.ts";
import { packageManagerMarkers } from "../../../src/inspect/programs/package-manager-markers.ts";
import { shellMarkers } from "../../../src/inspect/programs/shell-markers.ts";
import { chunksOf } from "../../helpers/list-tar.ts";

const markers = [...shellMarkers, ...packageManagerMarkers];
const strings = stringsOf(markers);

function isIn(text: string, { signs }: Marker): boolean {
  return signs.every(({ least, of }) => of.filter((string) => text.includes(string)).length >= least);
}

/** Whole strings, truncated ones, and the bytes between them in programs. */
const piece = fc.oneof(
  fc.constantFrom(...strings),
  fc
    .tuple(fc.constantFrom(...strings), fc.nat(60), fc.nat(60))
    .map(([text, from, to]) => text.slice(from, to)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc.constantFrom("\0", "#-/mVYjs=:", "s", "@(#)"),
  fc.constantFrom(...markers).map((marker) => stringsOf([marker]).join("\0")),
);

test("finds the same as a search of the whole text for each string, whatever the chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 90 }),
      async (pieces, size) => {
        const text = pieces.join("");
        const expected = markers.filter((marker) => isIn(text, marker));
        const search = new MarkerSearch();
        for await (const chunk of chunksOf(Buffer.from(text, "latin1"), size)) search.update(chunk);
        expect(search.finish()).toEqual([...new Set(expected.map(({ name }) => name))].sort());
      },
    ),
    { numRuns: 3000 },
  );
});

test.each(markers)("finds each string of $name at every position in a chunk", (marker) => {
  for (const string of stringsOf([marker])) {
    // So few other strings that the marker matches only with this string.
    const others = marker.signs.flatMap(({ least, of }) =>
      of.filter((other) => other !== string).slice(0, of.includes(string) ? least - 1 : least),
    );
    for (let before = 0; before < 36; before += 1) {
      for (const after of [0, 1, 7, 40]) {
        const search = new MarkerSearch();
        for (const other of others) search.update(Buffer.from(`${other}\xff`, "latin1"));
        expect(search.finish()).not.toContain(marker.name);
        search.update(Buffer.from("\xff".repeat(before) + string + "\xff".repeat(after), "latin1"));
        expect(search.finish()).toContain(marker.name);
      }
    }
  }
});
