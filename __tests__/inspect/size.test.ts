import { expect, test } from "vitest";
import type { Image } from "../../src/image/image.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { pullSize } from "../../src/inspect/pull-size.ts";
import type { Digest } from "../../src/oci/digest.ts";
import { readImage } from "../helpers/images.ts";
import { testImage } from "../helpers/layout.ts";
import { file, hardlink, symlink, type TarMember, whiteout } from "../helpers/tar.ts";

const layers: readonly (readonly TarMember[])[] = [
  [file("a", "x".repeat(1000)), file("b", "x".repeat(500)), hardlink("c", "b"), symlink("d", "a")],
  [file("a", "x".repeat(30)), whiteout("b"), file("e", "x".repeat(7))],
];

test("image size counts deleted files, and unpacked size counts each file once", async () => {
  const image = await readImage({ layers });
  const { size, unpackedSize } = inspect(image);
  expect(size).toBe(1000 + 500 + 30 + 7);
  expect(unpackedSize).toBe(30 + 500 + 7);
});

test("pull size is exact if every blob is known", async () => {
  const { manifest, config, layers: blobs } = testImage({ layers });
  const bytes = [manifest, config, ...blobs].reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(pullSize(await readImage({ layers }), new Map())).toEqual({
    bytes,
    exact: true,
    low: bytes,
    high: bytes,
  });
});

test("a layer that a manifest lists three times is unpacked three times and fetched once", async () => {
  const layer = [file("a", "x".repeat(1000))];
  const { manifest, config, layers: blobs } = testImage({ layers: [layer, layer, layer] });
  const image = await readImage({ layers: [layer, layer, layer] });
  const bytes = manifest.bytes.length + config.bytes.length + (blobs[0]?.bytes.length ?? 0);
  expect(inspect(image).size).toBe(3000);
  expect(pullSize(image, new Map())).toMatchObject({ bytes, exact: true });
  const estimated = pullSize(withoutBlobs(image, [0, 1, 2]), new Map([[diffIdOf(image, 0), 500]]));
  expect(estimated?.bytes).toBe(manifest.bytes.length + config.bytes.length + 500);
});

test("pull size is unknown if a blob is neither known nor estimated", async () => {
  const image = withoutBlobs(await readImage({ layers }), [0, 1]);
  expect(pullSize(image, new Map())).toBeNull();
  expect(pullSize(image, new Map([[diffIdOf(image, 0), 1000]]))).toBeNull();
});

test("an estimate is a range around only the estimated layers", async () => {
  const whole = await readImage({ layers });
  const known = (whole.metadataSize ?? 0) + (whole.layers[0]?.blob?.size ?? 0);
  const image = withoutBlobs(whole, [1]);
  expect(pullSize(image, new Map([[diffIdOf(image, 1), 1000]]))).toEqual({
    bytes: known + 1000,
    exact: false,
    low: known + 850,
    high: known + 1100,
  });
});

test("an unknown manifest widens the range upwards", async () => {
  const image = { ...withoutBlobs(await readImage({ layers }), [0, 1]), digest: null, metadataSize: null };
  const estimates = new Map([0, 1].map((index) => [diffIdOf(image, index), 1000]));
  expect(pullSize(image, estimates)).toEqual({ bytes: 2000, exact: false, low: 1700, high: 2200 + 16384 });
  expect(pullSize({ ...(await readImage({ layers })), metadataSize: null }, estimates)).toBeNull();
});

function withoutBlobs(image: Image, indices: readonly number[]): Image {
  return {
    ...image,
    layers: image.layers.map((layer, index) => (indices.includes(index) ? { ...layer, blob: null } : layer)),
  };
}

function diffIdOf(image: Image, index: number): Digest {
  return image.config.diffIds[index] ?? "sha256:";
}
