import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { MarkerSearch } from "../../src/inspect/marker-search.ts";
import { packageManagerMarkers } from "../../src/inspect/package-manager-markers.ts";
import { shellMarkers } from "../../src/inspect/shell-markers.ts";
import { chunksOf } from "../helpers/list-tar.ts";

const markers = [...shellMarkers, ...packageManagerMarkers];
const strings = [...new Set(markers.flatMap(({ all }) => all))];

/** Whole strings, cut ones, and what lies between them in programs. */
const piece = fc.oneof(
  fc.constantFrom(...strings),
  fc
    .tuple(fc.constantFrom(...strings), fc.nat(60), fc.nat(60))
    .map(([text, from, to]) => text.slice(from, to)),
  fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString("latin1")),
  fc.constantFrom("\0", "#-/mVYjs=:", "s", "@(#)"),
);

test("finds what searching the whole text for each string finds, wherever it is cut", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(piece, { maxLength: 12 }),
      fc.integer({ min: 1, max: 90 }),
      async (pieces, size) => {
        const text = pieces.join("");
        const expected = markers.filter(({ all }) => all.every((string) => text.includes(string)));
        const search = new MarkerSearch();
        for await (const chunk of chunksOf(Buffer.from(text, "latin1"), size)) search.update(chunk);
        expect(search.finish()).toEqual([...new Set(expected.map(({ name }) => name))].sort());
      },
    ),
    { numRuns: 3000 },
  );
});

test.each(strings)("finds %j wherever it begins and ends in what is read at once", (string) => {
  const markersWith = markers.filter(({ all }) => all.includes(string));
  for (let before = 0; before < 24; before += 1) {
    for (let after = 0; after < 24; after += 1) {
      const search = new MarkerSearch();
      const others = markersWith.flatMap(({ all }) => all).filter((other) => other !== string);
      for (const other of others) search.update(Buffer.from(other, "latin1"));
      search.update(Buffer.from("\xff".repeat(before) + string + "\xff".repeat(after), "latin1"));
      for (const { name } of markersWith) expect(search.finish()).toContain(name);
    }
  }
});

test.each(markers)("finds $name by $all alone", ({ name, all }) => {
  const search = new MarkerSearch();
  search.update(Buffer.from(all.join("\0"), "latin1"));
  expect(search.finish()).toContain(name);
});
