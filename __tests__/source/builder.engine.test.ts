import { cp, readdir, stat, truncate } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BuildRequest } from "../../src/docker/build/build.ts";
import { layeredStore } from "../../src/image/readings/layered-store.ts";
import { readerVersion } from "../../src/image/readings/reader-version.ts";
import { type ReadingStore, readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { readingDirectory } from "../../src/reading-store/directory.ts";
import { type BuilderRoute, builderReader, type ReadBuild } from "../../src/source/builder.ts";
import { cacheScope, definition } from "../helpers/build-definition.ts";
import {
  type Builder,
  buildkitd,
  containerBuilder,
  remoteBuilder,
  whyNoContainerBuilder,
} from "../helpers/builders.ts";
import { stores } from "../helpers/engine.ts";
import { findProgram, type Workspace, workspace } from "../helpers/workspace.ts";

describe.skipIf(buildkitd === null)("an image of a separate builder", () => {
  let builder: Builder;
  let trees: Readonly<Record<"base" | "head", Workspace>>;
  let temporary: Workspace;

  beforeAll(async () => {
    builder = await remoteBuilder();
    trees = { base: await tree("base"), head: await tree("head") };
    temporary = await workspace();
    process.env.TMPDIR = temporary.path;
  });

  afterAll(async () => {
    delete process.env.TMPDIR;
    for (const resource of [builder, trees.base, trees.head, temporary])
      await resource[Symbol.asyncDispose]();
  });

  /**
   * Reads both sides like an audit. Also returns the log and the sizes of the blobs while the layout existed.
   */
  async function read(store: ReadingStore, route: BuilderRoute | undefined, { engine } = builder) {
    const log: string[] = [];
    const written: number[] = [];
    await using stack = new AsyncDisposableStack();
    const options = { examine: examineContent, store, stack, log: (line: string) => void log.push(line) };
    const reader = builderReader({ ...options, route });
    const builds: ReadBuild[] = [];
    for (const side of ["base", "head"] as const) builds.push(await reader(request(side), engine));
    written.push(...(await blobSizes()));
    await stack.disposeAsync();
    expect(await leftovers()).toEqual([]);
    return { inspections: builds.map(({ image }) => inspect(image)), log: log.join("\n"), written };
  }

  const request = (side: "head" | "base"): BuildRequest => ({
    definition: definition(),
    side,
    root: trees[side].path,
    cacheScope,
  });

  const leftovers = async () =>
    (await readdir(temporary.path, { recursive: true })).filter((name) => name.startsWith("image-audit-"));

  /** Returns the sizes of the existing layouts' blobs, in bytes. */
  async function blobSizes(): Promise<readonly number[]> {
    const names = await leftovers();
    const blobs = names.filter((name) => /blobs\/sha256\/[0-9a-f]{64}$/.test(name));
    return Promise.all(blobs.map(async (name) => (await stat(join(temporary.path, name))).size));
  }

  test("is the same by every route, whether its layers are cached or not", async () => {
    const whole = await read(readingsOfThisRun(), "whole layout");
    expect(whole.inspections.map(({ shells }) => shells.length)).toEqual([2, 2]);
    expect(whole.inspections[0]?.pullSize).not.toBeNull();
    for (const route of ["push", "preset layout", "whole layout"] as const) {
      const store = readingsOfThisRun();
      for (const state of ["cold", "warm"]) {
        const { inspections, log, written } = await read(store, route);
        expect(inspections, `${route}, ${state}`).toEqual(whole.inspections);
        expect(log).toContain(`Images leave the builder by ${route}: as requested.`);
        const planted = written.filter((size) => size === 0);
        // Four layers: two of both sides, and one of each side.
        expect(planted).toHaveLength(route === "preset layout" && state === "warm" ? 4 : 0);
        if (route === "push") expect(written).toEqual([]);
      }
    }
  });

  test("is pushed by default if the builder shares our loopback", async () => {
    const { log } = await read(readingsOfThisRun(), undefined);
    expect(log).toContain("Images leave the builder by push: it shares this machine's loopback.");
    expect(log).not.toContain("instead");
  });

  test("is written with all blobs if a cached reading is damaged", async () => {
    await using cache = await workspace();
    const open = () =>
      layeredStore(readingsOfThisRun(), readingDirectory(cache.path, { version: readerVersion("") }));
    const cold = await read(open(), "preset layout");
    const files = (await readdir(cache.path, { recursive: true })).map((name) => join(cache.path, name));
    const readings = (await Promise.all(files.map(async (path) => [path, await stat(path)] as const))).filter(
      ([, found]) => found.isFile(),
    );
    expect(readings).toHaveLength(4);
    for (const [path, { size }] of readings) await truncate(path, size - 1);
    const { inspections, log, written } = await read(open(), "preset layout");
    expect(inspections).toEqual(cold.inspections);
    expect(log).toContain("The OCI layout starts with 4 known blobs");
    expect(log).toContain("The base's image is built again, with all its blobs");
    expect(written).not.toContain(0);
    expect((await read(open(), "preset layout")).log).not.toContain("built again");
  });

  test.skipIf(process.getuid?.() !== 0)(
    "is written as a layout if the builder has another loopback, which is tested only once",
    async () => {
      await using elsewhere = await remoteBuilder(["unshare", "--net"]);
      expect(elsewhere.engine.builderSharesLoopback).toBe(true);
      const { inspections, log } = await read(readingsOfThisRun(), undefined, elsewhere);
      expect(inspections.map(({ shells }) => shells.length)).toEqual([2, 2]);
      expect(log).toMatch(
        /The base's image could not be pushed here, so an OCI layout is used\. .*connect: /,
      );
      expect(log).not.toContain("The head's image could not be pushed");
    },
  );

  test.for(stores)("is the same by builders in containers on the %s store", async (store, { skip }) => {
    const why = await whyNoContainerBuilder(store);
    if (why !== null) return skip(why);
    await using onHost = await containerBuilder(store, "host");
    await using apart = await containerBuilder(store, "none");
    const [pushed, written] = [
      await read(readingsOfThisRun(), undefined, onHost),
      await read(readingsOfThisRun(), undefined, apart),
    ];
    expect(pushed.log).toContain("by push: it shares this machine's loopback.");
    expect(written.log).toContain("by preset layout: it may not share this machine's loopback.");
    for (const { log } of [pushed, written]) expect(log).not.toContain("instead");
    // Each builder created its own layers, at different times.
    const contents = [pushed, written].map(({ inspections }) =>
      inspections.map(({ size, shells }) => [size, shells]),
    );
    expect(contents[1]).toEqual(contents[0]);
    const fallen = await read(readingsOfThisRun(), "push", apart);
    expect(fallen.log).toContain("The base's image could not be pushed here, so an OCI layout is used.");
    expect(fallen.inspections).toEqual(written.inspections);
  });
});

async function tree(side: "base" | "head"): Promise<Workspace> {
  const place = await workspace({
    Dockerfile:
      'FROM scratch\nCOPY busybox /bin/busybox\nRUN ["/bin/busybox", "ln", "-s", "busybox", "/bin/sh"]\nCOPY side /side\n',
    side,
  });
  await cp(await findProgram("busybox", process.env), join(place.path, "busybox"));
  return place;
}
