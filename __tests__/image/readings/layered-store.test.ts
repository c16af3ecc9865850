import { expect, test } from "vitest";
import { layeredStore } from "../../../src/image/readings/layered-store.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { storedReading } from "../../helpers/reading.ts";

const { reading, blob } = storedReading("app");

test("keeps a reading in every store", () => {
  const stores = [readingsOfThisRun(), readingsOfThisRun()] as const;
  layeredStore(...stores).keep(reading, blob);
  for (const store of stores) {
    expect(store.find({ digest: blob.digest })).toBe(reading);
    expect(store.sizeOf(blob.digest)).toBe(blob.size);
  }
});

test("asks a later store for a reading only once", () => {
  const first = readingsOfThisRun();
  const machine = readingsOfThisRun();
  machine.keep(reading, blob);
  const store = layeredStore(first, readingsOfThisRun(), machine);
  expect(store.sizeOf(blob.digest)).toBe(blob.size);
  expect(first.find({ digest: blob.digest })).toBe(reading);
  expect(first.sizeOf(blob.digest)).toBe(blob.size);
});

test("finds a layer by diff ID, and does not find an unknown one", () => {
  const machine = readingsOfThisRun();
  machine.keep(reading, blob);
  const store = layeredStore(readingsOfThisRun(), machine);
  expect(store.find({ diffId: reading.diffId })).toBe(reading);
  const other = storedReading("other");
  expect(store.find({ digest: other.blob.digest, diffId: other.reading.diffId })).toBeUndefined();
  expect(store.sizeOf(other.blob.digest)).toBeUndefined();
});
