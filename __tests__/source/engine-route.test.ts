import { expect, test } from "vitest";
import type { EngineImage } from "../../src/docker/engine/image.ts";
import { type ReadingStore, readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import type { Digest } from "../../src/oci/digest.ts";
import { chooseRoute } from "../../src/source/engine-route.ts";
import { storedReading } from "../helpers/reading.ts";

const MB = 1e6;
const graphDriver = { store: "graphdriver", socket: "/engine.sock" } as const;
const containerd = { ...graphDriver, store: "containerd" } as const;

/** Returns an image with layers of these sizes in megabytes. Layers of the same size are the same layer. */
function image(...megabytes: readonly number[]): EngineImage {
  const size = megabytes.reduce((sum, one) => sum + one, 0) * MB;
  return { id: null, diffIds: megabytes.map((one) => digest(one, "a")), size, digests: [], hasName: true };
}

function store(known: {
  readonly packed?: readonly number[];
  readonly unpacked?: readonly number[];
}): ReadingStore {
  const readings = readingsOfThisRun();
  const keep = (megabytes: number, blob: Digest) => {
    const diffId = digest(megabytes, "a");
    const size = megabytes * MB;
    readings.keep(
      { ...storedReading("any", 0).reading, diffId, size, tarSize: size },
      { digest: blob, size },
    );
  };
  for (const one of known.packed ?? []) keep(one, digest(one, "b"));
  for (const one of known.unpacked ?? []) keep(one, digest(one, "a"));
  return readings;
}

function digest(number: number, fill: string): Digest {
  return `sha256:${String(number).padStart(64, fill)}`;
}

test("pushes from a store that keeps blobs, whatever is cached", () => {
  for (const known of [store({}), store({ packed: [500] })]) {
    expect(chooseRoute([image(500)], containerd, { store: known }).name).toBe("push");
  }
});

test("saves an unread image from a graph driver, which would compress it", () => {
  expect(chooseRoute([image(500, 20), image(500)], graphDriver, { store: store({}) })).toEqual({
    name: "save",
    reason: "520 MB of 520 MB would have to be compressed",
  });
});

test("pushes from a graph driver if the base's blobs are cached and the head adds little", () => {
  const known = store({ packed: [500] });
  expect(chooseRoute([image(500, 20), image(500)], graphDriver, { store: known })).toEqual({
    name: "push",
    reason: "only 20 MB of 520 MB would have to be compressed",
  });
  expect(chooseRoute([image(500, 300), image(500)], graphDriver, { store: known }).name).toBe("save");
});

test("loads no reading if another image determines the cached part", () => {
  const known = store({ packed: [500, 100] });
  const find = () => {
    throw new Error("a reading was loaded");
  };
  const route = chooseRoute([image(500, 100, 20), image(500, 100)], graphDriver, {
    store: { ...known, find },
  });
  expect(route.reason).toBe("only 20 MB of 620 MB would have to be compressed");
});

test("cached layers of an unread image count as read", () => {
  const known = store({ packed: [500, 80] });
  const images = [image(500, 80, 20), image(500, 30)];
  expect(chooseRoute(images, graphDriver, { store: known }).reason).toBe(
    "only 30 MB of 600 MB would have to be compressed",
  );
});

test("pushes an image that was saved before, since the graph driver may have its pulled blobs", () => {
  const known = store({ unpacked: [500] });
  const route = chooseRoute([image(500, 20), image(500)], graphDriver, { store: known });
  expect(route).toEqual({
    name: "push",
    reason: "520 MB of 520 MB would have to be compressed, if the engine has never pulled it",
    onTrust: true,
  });
  expect(chooseRoute([image(500, 300), image(500)], graphDriver, { store: known }).name).toBe("save");
});

test("pushes if there is a limit on the pull size", () => {
  expect(chooseRoute([image(500)], graphDriver, { store: store({}), needsPullSize: true }).name).toBe("push");
});

test("saves if only the CLI reaches the engine, or if the image has no name", () => {
  const known = { store: store({ packed: [500] }), needsPullSize: true };
  expect(chooseRoute([image(500)], { ...containerd, socket: null }, known).name).toBe("save");
  expect(chooseRoute([image(500), { ...image(500), hasName: false }], containerd, known).name).toBe("save");
});
