import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bytesOf } from "../../src/image/filesystem/file-sizes.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { LayerReading } from "../../src/image/layer/reading.ts";
import { sum } from "../../src/image/sum.ts";
import { type Waste, wasteIn } from "../../src/inspect/waste.ts";
import { mergeImages } from "../helpers/at-once.ts";
import { diveModel } from "../helpers/dive-model.ts";
import { anyEngineLayers, anyLayers, anyPicks, imagesOf, readMembers } from "../helpers/layers.ts";
import { overlayCases } from "../helpers/overlay-cases.ts";
import { layersModel, type UnseenFile } from "../helpers/overlay-model.ts";
import { directory, file, hardlink, opaque, type TarMember, whiteout } from "../helpers/tar.ts";

describe("says which layer wrote and which wasted each file", () => {
  const lower = [directory("d"), file("d/a", "1234"), file("d/b", "12")];
  test.each<readonly [name: string, upper: readonly TarMember[], wasted: Partial<Waste>]>([
    ["other content", [file("d/a", "4321")], { bytes: 4, overwritten: 4 }],
    ["a whiteout", [whiteout("d/a")], { bytes: 4, deleted: 4 }],
    ["a whiteout of the directory", [whiteout("d")], { bytes: 6, deleted: 6 }],
    ["an opaque whiteout", [opaque("d")], { bytes: 6, deleted: 6 }],
    ["chmod", [file("d/a", "1234", { mode: 0o755 })], { bytes: 4, metadataOnly: 4 }],
    ["chmod in a directory made anew", [opaque("d"), file("d/a", "1234")], { deleted: 2, metadataOnly: 4 }],
    ["a directory in place of a file", [directory("d/a")], { bytes: 4, overwritten: 4 }],
    ["a file in place of a directory", [file("d", "x")], { bytes: 6, deleted: 6 }],
    ["another file", [file("e", "12345")], { bytes: 0 }],
  ])("%s", async (_, upper, wasted) => {
    const { waste } = wasteIn(mergeLayers(await readAll([lower, upper])));
    expect(waste).toMatchObject(wasted);
    expect(waste.causes.every(({ layer, wastedBy }) => layer === 0 && wastedBy === 1)).toBe(true);
  });
});

test("lists the causes and the files with the most bytes", async () => {
  const files = Array.from({ length: 30 }, (_, index) => file(`f${index}`, "x".repeat(index + 1)));
  const layers = await readAll([
    files,
    files.slice(0, 15).map(({ path }) => whiteout(String(path))),
    [file("f29")],
  ]);
  const { causes, files: listed, bytes } = wasteIn(mergeLayers(layers)).waste;
  expect(bytes).toBe(120 + 30);
  expect(causes).toEqual([
    { kind: "deleted", bytes: 120, files: 15, layer: 0, wastedBy: 1 },
    { kind: "overwritten", bytes: 30, files: 1, layer: 0, wastedBy: 2 },
  ]);
  expect(listed).toHaveLength(16);
  expect(listed.slice(0, 2)).toEqual([
    { path: "/f29", kind: "overwritten", bytes: 30, layer: 0, wastedBy: 2 },
    { path: "/f14", kind: "deleted", bytes: 15, layer: 0, wastedBy: 1 },
  ]);
});

test("wastes a file with hard links when its last name is gone", async () => {
  const lower = [file("a", "1234"), hardlink("b", "a")];
  const one = await readAll([lower, [whiteout("a")]]);
  const both = await readAll([lower, [whiteout("a")], [file("b", "new")]]);
  expect(wasteIn(mergeLayers(one)).waste.bytes).toBe(0);
  expect(wasteIn(mergeLayers(both)).waste.files).toEqual([
    { path: "/b", kind: "overwritten", bytes: 4, layer: 0, wastedBy: 2 },
  ]);
});

test("finds copies of the same content, of which hard links are none", async () => {
  const large = "x".repeat(3_000_000);
  const layers = await readAll([
    [file("a", "same"), file("b/c", "same"), hardlink("d", "a"), file("e", "else"), file("empty"), file("f")],
    [file("g", "same"), file("large", large)],
    [file("copy", large)],
  ]);
  expect(wasteIn(mergeLayers(layers)).waste.duplicates).toEqual({
    bytes: 8 + 3_000_000,
    largest: [
      { size: 3_000_000, copies: 2, bytes: 3_000_000, paths: [{ path: "/copy" }, { path: "/large" }] },
      { size: 4, copies: 3, bytes: 8, paths: [{ path: "/a" }, { path: "/b/c" }, { path: "/g" }] },
    ],
  });
});

test.each(overlayCases)("accounts for every byte: $name", async ({ lower, upper }) => {
  expectAccounted(await readAll([lower, upper]));
});

test("accounts for every byte of generated images, as a scan of every path does", async () => {
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      const images = await imagesOf(layers, picks);
      // Merged together, so that they share directories.
      const wastes = mergeImages(images).map((filesystem) => wasteIn(filesystem));
      expect(wastes).toEqual(images.map((image) => wasteIn(mergeLayers(image))));
      for (const image of images) expectAccounted(image);
    }),
    { numRuns: 400 },
  );
});

test("computes dive's numbers", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(anyEngineLayers, async (layers) => {
      const image = await readAll(layers);
      const expected = diveModel(image);
      if (expected === null) return;
      if (expected.wastedBytes > 0) compared++;
      expect(wasteIn(mergeLayers(image)).waste.dive).toEqual(expected);
      expectAccounted(image);
    }),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(100);
});

test("computes dive's numbers for any image that dive reads right", async () => {
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      for (const image of await imagesOf(layers, picks)) {
        const expected = diveModel(image);
        if (expected !== null) expect(wasteIn(mergeLayers(image)).waste.dive).toEqual(expected);
      }
    }),
    { numRuns: 400 },
  );
});

/** Compares with the model, in which the largest files are all files: generated images have few. */
function expectAccounted(readings: readonly LayerReading[]): void {
  for (const { tarSize, tarParts } of readings)
    expect(tarParts.content + tarParts.headers + tarParts.padding).toBe(tarSize);
  const filesystem = mergeLayers(readings);
  const { waste, byLayer } = wasteIn(filesystem);
  expect(sum(byLayer.values())).toBe(waste.bytes);
  const size = sum(readings.map((reading) => reading.size));
  expect(bytesOf(filesystem) + waste.bytes).toBe(size);
  expect(waste.overwritten + waste.deleted + waste.metadataOnly).toBe(waste.bytes);
  const { unseen, contents } = layersModel(readings);
  expect(waste.bytes).toBe(sum(unseen.map(({ bytes }) => bytes)));
  if (waste.causes.length < 20) expect(sum(waste.causes.map(({ bytes }) => bytes))).toBe(waste.bytes);
  if (unseen.length <= 20) expect(inOrder(waste.files)).toEqual(inOrder(unseen.map(shown)));
  expect(waste.duplicates.bytes).toBe(duplicateBytes(contents));
}

function shown({ path, ...file }: UnseenFile) {
  return { path: `/${path}`, ...file };
}

function inOrder(files: readonly UnseenFile[]): readonly string[] {
  return files.map((file) => JSON.stringify(Object.entries(file).toSorted())).toSorted();
}

function duplicateBytes(contents: ReturnType<typeof layersModel>["contents"]): number {
  const groups = Map.groupBy(contents, ({ size, crc32 }) => `${size} ${crc32}`);
  return sum([...groups.values()].map((copies) => (copies[0]?.size ?? 0) * (copies.length - 1)));
}

function readAll(layers: readonly (readonly TarMember[])[]): Promise<readonly LayerReading[]> {
  return Promise.all(layers.map(readMembers));
}
