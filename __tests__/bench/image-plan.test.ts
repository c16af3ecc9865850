import { expect, test } from "vitest";
import { imageNames, imageSizes, layerCount, planImage, programShare } from "../../bench/image-plan.ts";

test.for(imageNames)("the %s image has the files and bytes that it says, to the byte", (name) => {
  const files = planImage(name).flat();
  expect(files.length).toBe(imageSizes[name].files);
  expect(files.reduce((sum, { size }) => sum + size, 0)).toBe(imageSizes[name].bytes);
  expect(files.every(({ size }) => Number.isInteger(size) && size >= 0 && size <= 40_000_000)).toBe(true);
});

test("a plan is the same every time", () => {
  expect(planImage("small")).toEqual(planImage("small"));
});

test.for(imageNames)(
  "the %s image is like a real one: layers of all sizes, most files small, some large",
  (name) => {
    const layers = planImage(name);
    expect(layers.length).toBe(layerCount);
    const sizes = layers.map((files) => files.reduce((sum, { size }) => sum + size, 0));
    expect(sizes).toEqual(sizes.toSorted((one, other) => other - one));
    const files = layers.flat();
    const { bytes } = imageSizes[name];
    expect(files.filter(({ size }) => size < bytes / files.length / 2).length).toBeGreaterThan(
      files.length / 2,
    );
    expect(files.some(({ size }) => size > 10_000_000)).toBe(true);
  },
);

test.for(imageNames)(
  "programs have a good part of the %s image's bytes, and no layer has a path twice",
  (name) => {
    const layers = planImage(name);
    expect(programShare(name)).toBeGreaterThan(0.2);
    expect(programShare(name)).toBeLessThan(0.5);
    for (const files of layers) expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
  },
);

test("later layers replace some files of those below", () => {
  const [first = [], ...others] = planImage("medium");
  const below = new Set(first.map(({ path }) => path));
  const replaced = others.flat().filter(({ path }) => below.has(path));
  expect(replaced.length).toBeGreaterThan(100);
  expect(replaced.length).toBeLessThan(1000);
});
