import { expect, test } from "vitest";
import { layeredStore } from "../../../src/image/readings/layered-store.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { storedReading } from "../../helpers/reading.ts";

const { reading, blob } = storedReading("app");

test("what is kept is kept in every store", () => {
  const stores = [readingsOfThisRun(), readingsOfThisRun()] as const;
  layeredStore(...stores).keep(reading, blob);
  for (const store of stores) {
    expect(store.find({ digest: blob.digest })).toBe(reading);
    expect(store.sizeOf(blob.digest)).toBe(blob.size);
  }
});

test("what a later store knows is asked of it only once", () => {
  const first = readingsOfThisRun();
  const machine = readingsOfThisRun();
  machine.keep(reading, blob);
  const store = layeredStore(first, readingsOfThisRun(), machine);
  expect(store.sizeOf(blob.digest)).toBe(blob.size);
  expect(first.find({ digest: blob.digest })).toBe(reading);
  expect(first.sizeOf(blob.digest)).toBe(blob.size);
});

test("a layer is found by its diff ID, and what nobody knows is not found", () => {
  const machine = readingsOfThisRun();
  machine.keep(reading, blob);
  const store = layeredStore(readingsOfThisRun(), machine);
  expect(store.find({ diffId: reading.diffId })).toBe(reading);
  const other = storedReading("other");
  expect(store.find({ digest: other.blob.digest, diffId: other.reading.diffId })).toBeUndefined();
  expect(store.sizeOf(other.blob.digest)).toBeUndefined();
});
