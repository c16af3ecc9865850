import fc from "fast-check";
import { expect, test } from "vitest";
import { Failure } from "../../../src/failure.ts";
import { EntryTable } from "../../../src/image/layer/entry-table.ts";
import { limits } from "../../../src/image/limits.ts";
import { anyEntry, fileEntry } from "../../helpers/reading.ts";

test("returns all entries unchanged, in order and by index", () => {
  fc.assert(
    fc.property(fc.array(anyEntry), (entries) => {
      const table = EntryTable.of(entries);
      expect([...table]).toStrictEqual(entries);
      expect(table.length).toBe(entries.length);
      entries.forEach((entry, index) => {
        expect(table.pathAt(index)).toBe(entry.path);
        expect(table.sizeAt(index)).toBe(entry.size);
        expect(table.modifiedAt(index)).toBe(entry.modified);
        expect(table.at(index)).toStrictEqual(entry);
      });
    }),
  );
});

test("stores equal attributes once and different ones separately", () => {
  const file = fileEntry("a");
  const entries = [
    file,
    { ...file, path: "b", size: 7 },
    { ...file, mode: 0o600 },
    { ...file, content: { format: "elf" } as const },
    { ...file, content: { format: "elf", markers: ["dash"] } as const },
    { ...file, content: { format: "elf", markers: ["dash"] } as const },
  ];
  expect(EntryTable.of(entries).columns.distinct).toHaveLength(4);
});

test("tells damaged capabilities from none in files with access lists", () => {
  const file = { ...fileEntry("a"), hasAccessList: true } as const;
  const entries = [file, { ...file, path: "b", capabilities: null }];
  expect([...EntryTable.of(entries)]).toStrictEqual(entries);
});

test("has nothing before the first entry and after the last", () => {
  const table = EntryTable.of([fileEntry("a")]);
  for (const index of [-1, 1]) {
    expect(() => table.at(index)).toThrow(RangeError);
    expect(() => table.attributesAt(index)).toThrow(RangeError);
  }
});

test("refuses paths that are too long in total", () => {
  const path = "x".repeat(2 ** 20);
  const entries = Array.from({ length: limits.paths / path.length + 1 }, () => fileEntry(path));
  expect(() => EntryTable.of(entries)).toThrow(
    new Failure("limit-exceeded", "A layer's paths have more text than in any honest image."),
  );
});
