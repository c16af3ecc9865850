import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { presetBlobs, removePresetBlobs } from "../../../src/docker/build/preset-blobs.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import { blobPath } from "../../../src/oci/digest.ts";
import { storedReading } from "../../helpers/reading.ts";
import { workspace } from "../../helpers/workspace.ts";

const [one, two] = [storedReading("one"), storedReading("two")];
const store = readingsOfThisRun();
for (const { reading, blob } of [one, two]) store.keep(reading, blob);

test("writes an empty file for every cached blob, and removes it again", async () => {
  await using place = await workspace();
  expect(await presetBlobs(place.path, store)).toBe(2);
  for (const { blob } of [one, two]) {
    expect((await stat(join(place.path, blobPath(blob.digest)))).size).toBe(0);
  }
  expect(await removePresetBlobs(place.path)).toBe(2);
  expect(await readdir(join(place.path, "blobs/sha256"))).toEqual([]);
});

test("neither empties nor removes an existing blob", async () => {
  await using place = await workspace();
  const path = join(place.path, blobPath(one.blob.digest));
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(path, "bytes");
  expect(await presetBlobs(place.path, store)).toBe(1);
  expect(await removePresetBlobs(place.path)).toBe(1);
  expect(await readFile(path, "utf8")).toBe("bytes");
});

test("writes a limited number of files for a very large store", async () => {
  await using place = await workspace();
  const many = Array.from({ length: 10_010 }, (_, index) => {
    const { reading, blob } = storedReading(`${index}`, 0);
    return { diffId: reading.diffId, ...blob };
  });
  expect(await presetBlobs(place.path, { blobs: () => many })).toBe(10_000);
});
