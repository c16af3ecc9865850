import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsOf } from "../../../src/inspect/packages/sqlite-table.ts";
import { rpmDatabase, sqliteBytes } from "../../helpers/rpm-database.ts";

const blobsIn = (database: Buffer) => [...rowsOf(database, "Packages")].map(([, blob]) => blob);

test("reads every row that SQLite wrote, whatever the sizes of pages and blobs", () => {
  const sizes = fc.array(fc.oneof(fc.nat(600), fc.nat(5000), fc.nat(140_000)), { maxLength: 60 });
  fc.assert(
    fc.property(fc.constantFrom(512, 1024, 4096, 65_536), sizes, (pageSize, lengths) => {
      const blobs = lengths.map((length, index) => Buffer.alloc(length, `${index} `));
      expect(blobsIn(rpmDatabase(blobs, pageSize))).toEqual(blobs);
    }),
    { numRuns: 25 },
  );
});

test("reads a table of many pages, in the order of its keys", () => {
  const blobs = Array.from({ length: 20_000 }, (_, index) => Buffer.from(`${index}`));
  expect(blobsIn(rpmDatabase(blobs, 512))).toEqual(blobs);
});

test("reads integers, texts and null", () => {
  const database = sqliteBytes("CREATE TABLE x (a, b, c, d, e, f, g)", (open) => {
    open.exec("INSERT INTO x VALUES (0, 1, -2, 70000, 5000000000, 'text', NULL)");
  });
  expect([...rowsOf(database, "x")]).toEqual([[0, 1, -2, 70_000, 5_000_000_000, Buffer.from("text"), null]]);
  expect(() => [...rowsOf(database, "y")]).toThrow(RangeError);
});

test("any damage is a RangeError, or other rows, and never an endless loop", () => {
  const blobs = Array.from({ length: 60 }, (_, index) => Buffer.alloc(index * 50, "x"));
  const sound = rpmDatabase(blobs, 512);
  const change = fc.record({ at: fc.nat(sound.length - 1), byte: fc.nat(255) });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), fc.nat(sound.length), (changes, length) => {
      const bytes = Buffer.from(sound);
      for (const { at, byte } of changes) bytes[at] = byte;
      for (const damaged of [bytes, bytes.subarray(0, length)]) {
        try {
          expect(blobsIn(damaged).length).toBeLessThan(10_000);
        } catch (error) {
          expect(error).toBeInstanceOf(RangeError);
        }
      }
    }),
    { numRuns: 300 },
  );
});
