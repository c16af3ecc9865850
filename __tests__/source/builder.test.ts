import { readdir } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { expect, onTestFinished, test } from "vitest";
import { readLayout } from "../../src/image/layout/layout.ts";
import { type ReadingStore, readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { type BuilderOptions, builderReader } from "../../src/source/builder.ts";
import { cacheScope, definition } from "../helpers/build-definition.ts";
import { layoutFiles, opener, testImage } from "../helpers/layout.ts";
import { type AskedBuild, deliver, push, scriptedBuilder } from "../helpers/scripted-builder.ts";
import { file } from "../helpers/tar.ts";
import { workspace } from "../helpers/workspace.ts";

const image = testImage({ layers: [[file("a", "one")], [file("b", "two")]] });
const other = testImage({ layers: [[file("a", "one")], [file("b", "three")]] });
const expected = await readLayout(opener(layoutFiles([image])), {
  store: readingsOfThisRun(),
  examine: examineContent,
});

/** Returns BuildKit's message. */
const unreachable = ({ name }: AskedBuild) =>
  `ERROR: failed to build: failed to solve: failed to push ${name}: dial tcp: connect: connection refused\n`;

/** Reads the base and the head, as far as they can be read. */
async function read(
  build: (asked: AskedBuild) => Promise<string | null>,
  options: Partial<BuilderOptions> = {},
  sides: readonly ("base" | "head")[] = ["base"],
) {
  await using tree = await workspace({ Dockerfile: "FROM scratch\n" });
  await using builder = await scriptedBuilder(image, build);
  const log: string[] = [];
  await using stack = new AsyncDisposableStack();
  const reader = builderReader({
    examine: examineContent,
    store: readingsOfThisRun(),
    log: (line) => log.push(line),
    stack,
    ...options,
  });
  const images: unknown[] = [];
  for (const side of sides) {
    const request = { definition: definition(), side, root: tree.path, cacheScope };
    images.push(
      await reader(request, builder.engine).then(
        (build) => build.image,
        (error: unknown) => error,
      ),
    );
  }
  return { images, builds: builder.builds, log: log.join("\n") };
}

test("builds a pushed image once and reads it", async () => {
  const { images, builds, log } = await read((asked) => deliver(image, asked));
  expect(images).toEqual([expected]);
  expect(builds).toEqual(["image"]);
  expect(log).toBe("Images leave the builder by push: it shares this machine's loopback.");
});

test("requests a layout from a builder that cannot push, and immediately for the second side", async () => {
  const build = async (asked: AskedBuild) =>
    asked.type === "image" ? unreachable(asked) : deliver(image, asked);
  const { images, builds, log } = await read(build, {}, ["base", "head"]);
  expect(images).toEqual([expected, expected]);
  expect(builds).toEqual(["image", "oci", "oci"]);
  expect(log).toMatch(
    /The base's image could not be pushed here, so an OCI layout is used\. .*connection refused/,
  );
});

test("does not retry a failed build by another route", async () => {
  const failure = 'ERROR: failed to build: failed to solve: target stage "x" could not be found\n';
  const pushed = await read(async () => failure);
  expect(pushed.images).toMatchObject([{ code: "target-unknown" }]);
  expect(pushed.builds).toEqual(["image"]);
  const written = await read(async () => failure, { route: "preset layout" });
  expect(written.images).toMatchObject([{ code: "target-unknown" }]);
  expect(written.builds).toEqual(["oci"]);
});

test("uses another route after a push that broke off in a blob, whatever the builder reports", async () => {
  const build = async (asked: AskedBuild) => {
    if (asked.type !== "image") return deliver(image, asked);
    await breakOff(asked.name);
    return "ERROR: failed to build: failed to solve: it broke\n";
  };
  const { images, builds, log } = await read(build);
  expect(images).toEqual([expected]);
  expect(builds).toEqual(["image", "oci"]);
  expect(log).toContain("broke off in the middle of a blob");
});

test("uses another route after a push without an image", async () => {
  const build = async (asked: AskedBuild) => (asked.type === "image" ? null : deliver(image, asked));
  const { images, builds } = await read(build);
  expect(images).toEqual([expected]);
  expect(builds).toEqual(["image", "oci"]);
});

test("fails on a blob that does not match its digest, without another route", async () => {
  const build = async (asked: AskedBuild) => {
    const [first] = image.layers;
    if (first === undefined) throw new Error("the image has layers");
    expect(await push(image, asked.name, [{ ...first, bytes: other.manifest.bytes }])).toContain(400);
    return unreachable(asked);
  };
  const { images, builds } = await read(build);
  expect(images).toMatchObject([{ code: "digest-mismatch" }]);
  expect(builds).toEqual(["image"]);
});

test("refuses an image that is not the built one, by every route", async () => {
  for (const route of ["push", "preset layout"] as const) {
    const { images } = await read((asked) => deliver(other, asked), { route });
    expect(images).toMatchObject([{ code: "digest-mismatch" }]);
  }
});

test("does not write cached layers, or layers of the base again for the head", async () => {
  const store = readingsOfThisRun();
  await readLayout(opener(layoutFiles([other])), { store, examine: examineContent });
  const build = (asked: AskedBuild) => deliver(image, asked);
  const options = { store, route: "preset layout" } as const;
  const { images, builds, log } = await read(build, options, ["base", "head"]);
  expect(images).toEqual([expected, expected]);
  expect(builds).toEqual(["oci", "oci"]);
  expect(log).toContain("The OCI layout starts with 2 known blobs");
});

test("builds the image again with all blobs if cached readings are lost", async () => {
  const kept = readingsOfThisRun();
  await readLayout(opener(layoutFiles([image])), { store: kept, examine: examineContent });
  // The store lists readings that its files do not have.
  const forgetful: ReadingStore = { ...readingsOfThisRun(), blobs: () => kept.blobs() };
  const { images, builds, log } = await read(
    (asked) => deliver(image, asked),
    { store: forgetful, route: "preset layout" },
    ["base", "head"],
  );
  expect(images).toEqual([expected, expected]);
  expect(builds).toEqual(["oci", "oci", "oci"]);
  expect(log).toContain("The base's image is built again, with all its blobs");
});

test("reports a blob that the builder did not write as missing, after one build", async () => {
  const { images, builds } = await read(
    async (asked) => deliver({ ...image, layers: image.layers.slice(1) }, asked),
    { route: "whole layout" },
  );
  expect(images).toMatchObject([{ code: "blob-missing", message: /^The base's image cannot be read\. / }]);
  expect(builds).toEqual(["oci"]);
});

test("a cancelled run ends as cancelled, without another route", async () => {
  const abort = new AbortController();
  const build = async (asked: AskedBuild) => {
    abort.abort();
    return unreachable(asked);
  };
  const { images, builds } = await read(build, { signal: abort.signal });
  expect(images).toMatchObject([{ code: "cancelled" }]);
  expect(builds).toEqual(["image"]);
});

test("leaves nothing on disk, even after a failure", async () => {
  const place = await workspace();
  const before = tmpdir();
  process.env.TMPDIR = place.path;
  onTestFinished(async () => {
    process.env.TMPDIR = before;
    await place[Symbol.asyncDispose]();
  });
  for (const route of ["push", "preset layout", "whole layout"] as const) {
    await read((asked) => deliver(image, asked), { route });
    await read((asked) => deliver(other, asked), { route });
  }
  expect(await readdir(place.path)).toEqual([]);
});

/** Starts to send a blob, then disconnects. */
async function breakOff(reference: string): Promise<void> {
  const [, host, port, repository] = /^([^:]+):(\d+)\/(.*):[^:]+$/.exec(reference) ?? [];
  const begun = await fetch(`http://${host}:${port}/v2/${repository}/blobs/uploads/`, { method: "POST" });
  const socket = connect(Number(port), host);
  const digest = image.layers[0]?.digest;
  socket.end(
    `PUT ${begun.headers.get("location")}?digest=${digest} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\npart`,
  );
  await new Promise((resolve) => socket.resume().once("close", resolve));
}
