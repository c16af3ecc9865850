import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { type Engine, probeEngine } from "../../src/docker/engine/engine.ts";
import { dockerEnvironment } from "../../src/docker/engine/environment.ts";
import type { Image } from "../../src/image/image.ts";
import { layeredStore } from "../../src/image/readings/layered-store.ts";
import { readerVersion } from "../../src/image/readings/reader-version.ts";
import { type ReadingStore, readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import type { Inspection } from "../../src/inspect/inspection.ts";
import type { Digest } from "../../src/oci/digest.ts";
import { readingDirectory } from "../../src/reading-store/directory.ts";
import { readImages } from "../../src/source/read-images.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import type { ImageRequest, SourceOptions } from "../../src/source/request.ts";
import type { Store } from "../../tools/engine/stores.ts";
import { busyboxBase, distrolessBase } from "../helpers/bases.ts";
import { docker, engineEnvironment, stores } from "../helpers/engine.ts";
import { hasRegistry, startRegistry } from "../helpers/registry.ts";
import { type Workspace, workspace } from "../helpers/workspace.ts";

const tag = "image-audit-test/read-images:latest";
const isRegistryThere = await hasRegistry();

/** Collects what is said about routes. How many bytes an engine sent is said as well, and is not the same each time. */
function routeRemarks(remarks: string[]): (line: string) => void {
  return (line) => {
    if (!line.startsWith("The engine sent ")) remarks.push(line);
  };
}

describe.each(stores)("on the %s store", (store) => {
  let context: Workspace;

  beforeAll(async () => {
    context = await workspace({
      Dockerfile: [
        `FROM ${await busyboxBase(store)}`,
        "RUN echo one >/one && ln /one /two && rm /bin/vi",
        "COPY --chown=7:8 Dockerfile /srv/",
        'ENTRYPOINT ["/bin/sh"]',
      ].join("\n"),
    });
    await succeed(store, "buildx", "build", "--quiet", "--load", "--tag", tag, context.path);
    return () => context[Symbol.asyncDispose]();
  });

  test("an image is the same from the engine and from an archive of docker save", async () => {
    await using place = await workspace();
    const archive = join(place.path, "saved.tar");
    await succeed(store, "save", "--output", archive, tag);
    const [engine, saved] = [await readOne(store, tag), await readOne(store, `docker-archive:${archive}`)];
    expect(inspect(saved)).toEqual(inspect(engine));
    expect(engine.layers).toHaveLength(await layerCount(store));
    expect(inspect(engine).shells.map(({ path }) => path)).toContain("/bin/sh");
  });

  test("an image is the same by push, by save, and with cached layers", async () => {
    const shared = readingsOfThisRun();
    const ways = [
      { route: "push", store: shared },
      { route: "save", store: readingsOfThisRun() },
      { route: "push", store: shared },
    ] as const;
    const inspections = [];
    for (const way of ways) {
      const [image] = await read(store, [tag], {}, way);
      if (image === undefined) throw new Error(`${tag} was not read`);
      inspections.push(portable(image));
    }
    expect(inspections[1]).toEqual(inspections[0]);
    expect(inspections[2]).toEqual(inspections[0]);
  });

  test("saves two images by their IDs and by the engine's digests for them", async () => {
    const tags = [tag, await distrolessBase(store)];
    const byTag = (await read(store, tags)).map(portable);
    const known = async (field: string) => {
      const { stdout } = await docker(store, "image", "inspect", "--format", `{{json .${field}}}`, ...tags);
      return stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line));
    };
    const ways: string[][] = [await known("Id")];
    // With a graph driver, an image has a digest only when a registry has it.
    if (store === "containerd") ways.push((await known("RepoDigests")).map(([digest]) => digest));
    for (const names of ways)
      expect((await read(store, names, {}, { route: "save" })).map(portable), names.join()).toEqual(byTag);
  });

  test("an image is the same in every later run, by whichever route", async () => {
    await using place = await workspace();
    const seen: { route: string | undefined; inspection: unknown }[] = [];
    for (let run = 0; run < 3; run++) {
      // A new process knows only what is in the directory.
      const directory = readingDirectory(place.path, { version: readerVersion("") });
      const remarks: string[] = [];
      const [image] = await read(
        store,
        [tag],
        {},
        {
          store: layeredStore(readingsOfThisRun(), directory),
          remark: routeRemarks(remarks),
        },
      );
      if (image === undefined) throw new Error(`${tag} was not read`);
      const route = /read by (\w+): /.exec(remarks[0] ?? "")?.[1];
      seen.push({ route, inspection: portable(image) });
    }
    // A graph driver compresses what it pushes, so an image that was never read is saved.
    const expected = store === "graphdriver" ? ["save", "push", "push"] : ["push", "push", "push"];
    expect(seen.map(({ route }) => route)).toEqual(expected);
    const [first, ...later] = seen;
    for (const { inspection } of later) expect(inspection).toEqual(first?.inspection);
  });

  // The containerd store keeps blobs and always pushes them.
  test.runIf(store === "graphdriver" && isRegistryThere)(
    "does not receive layers again that were saved and that the engine knows by a blob",
    async () => {
      await using registry = await startRegistry();
      await using place = await workspace();
      const [base, head] = [
        `${registry.address}/some/base:1`,
        `image-audit-test/read-images:on-${Date.now()}`,
      ];
      await succeed(store, "tag", await distrolessBase(store), base);
      await succeed(store, "push", "--quiet", base);
      await succeed(store, "image", "rm", base);
      const write = (text: string) => writeFile(join(place.path, "Dockerfile"), text);
      try {
        await write(`FROM ${base}\nCOPY Dockerfile /\n`);
        await succeed(store, "buildx", "build", "--quiet", "--load", "--tag", head, place.path);
        const known = readingsOfThisRun();
        const names = [head, base];
        await succeed(store, "pull", "--quiet", base);
        await read(store, [base], {}, { route: "save", store: known });
        const remarks: string[] = [];
        const remark = routeRemarks(remarks);
        const images = await read(store, names, {}, { store: known, remark });
        expect(remarks).toEqual([expect.stringMatching(/read by push: .*never pulled/)]);
        for (const [index, name] of names.entries()) {
          const image = images[index];
          if (image === undefined) throw new Error(`${name} was not read`);
          expect(portable(image)).toEqual(portable(await readOne(store, name)));
          // The sizes of its blobs were not requested.
          expect(inspect(image)).toMatchObject({ digest: null, pullSize: null });
        }
      } finally {
        await docker(store, "image", "rm", head, base);
      }
    },
  );

  test("saves an image that a push did not complete, and the log says so", async () => {
    // A store that has lost its files: the engine is told that we have every blob.
    const forgetful = { ...readingsOfThisRun(), sizeOf: () => 100, find: () => undefined };
    const remarks: string[] = [];
    const remark = routeRemarks(remarks);
    const [image] = await read(store, [tag], {}, { route: "push", store: forgetful, remark });
    if (image === undefined) throw new Error(`${tag} was not read`);
    expect(portable(image)).toEqual(portable(await readOne(store, tag)));
    expect(remarks[1]).toMatch(/docker save is used\. /);
  });

  test("distinguishes images that are pushed together, one of them cached", async () => {
    const names = [tag, await distrolessBase(store), await busyboxBase(store)];
    const known = readingsOfThisRun();
    await read(store, names.slice(1, 2), {}, { route: "push", store: known });
    const remarks: string[] = [];
    const remark = routeRemarks(remarks);
    const together = await read(store, names, {}, { route: "push", store: known, remark });
    for (const [index, name] of names.entries()) {
      const image = together[index];
      if (image === undefined) throw new Error(`${name} was not read`);
      expect(portable(image)).toEqual(portable(await readOne(store, name)));
    }
    expect(remarks).toEqual(["Images of the engine are read by push: as requested."]);
  });

  test("saves images that are pushed together if one of them is incomplete", async () => {
    const base = await distrolessBase(store);
    const known = readingsOfThisRun();
    await read(store, [base], {}, { route: "push", store: known });
    // The base's layers are listed in the store, but cannot be found.
    const lost = new Set([...known.blobs()].map(({ digest }) => digest));
    const find: ReadingStore["find"] = (key) =>
      key.digest && lost.has(key.digest) ? undefined : known.find(key);
    const remarks: string[] = [];
    const remark = routeRemarks(remarks);
    const way = { route: "push", store: { ...known, find }, remark } as const;
    const [image, other] = await read(store, [tag, base], {}, way);
    if (image === undefined || other === undefined) throw new Error("an image was not read");
    expect(portable(image)).toEqual(portable(await readOne(store, tag)));
    expect(portable(other)).toEqual(portable(await readOne(store, base)));
    expect(remarks.slice(1)).toEqual([expect.stringMatching(/^The push failed, so docker save is used\. /)]);
  });

  test("an image is the same if only the CLI reaches the engine", async () => {
    const remarks: string[] = [];
    const engine = { ...(await probe(store)), socket: null };
    const [image] = await read(
      store,
      [tag],
      {},
      {
        engine: async () => engine,
        remark: routeRemarks(remarks),
      },
    );
    if (image === undefined) throw new Error(`${tag} was not read`);
    expect(portable(image)).toEqual(portable(await readOne(store, tag)));
    expect(remarks).toEqual([
      "Images of the engine are read by save: the engine has no socket on this machine.",
    ]);
  });

  // The builder of an engine with a graph driver cannot write OCI layouts.
  test.runIf(store === "containerd")(
    "an image is the same as an OCI layout, as a directory or an archive",
    async () => {
      await using place = await workspace();
      const [directory, archive] = [join(place.path, "layout"), join(place.path, "layout.tar")];
      const build = ["buildx", "build", "--quiet", context.path, "--output"];
      await succeed(store, ...build, `type=oci,tar=false,dest=${directory}`);
      await succeed(store, ...build, `type=oci,dest=${archive}`);
      const engine = portable(await readOne(store, tag));
      expect(portable(await readOne(store, `oci-dir:${directory}`))).toEqual(engine);
      expect(portable(await readOne(store, `oci-archive:${archive}`))).toEqual(engine);
    },
  );

  test("distinguishes images in one stream", async () => {
    const names = [tag, await distrolessBase(store), await busyboxBase(store)];
    const together = await read(store, names);
    for (const [index, name] of names.entries()) {
      const image = together[index];
      if (image === undefined) throw new Error(`${name} was not read`);
      expect(inspect(image)).toEqual(inspect(await readOne(store, name)));
      expect(image.layers.map(({ reading }) => reading.diffId)).toEqual(await diffIds(store, name));
    }
  });

  test("reports an image that the engine does not have as not found", async () => {
    await expect(read(store, [tag, "image-audit-test/none"])).rejects.toMatchObject({
      code: "image-not-found",
      message: /image-audit-test\/none/,
    });
  });

  test("refuses an image that is not the built one, by every route", async () => {
    await using place = await workspace();
    const archive = join(place.path, "saved.tar");
    await succeed(store, "save", "--output", archive, tag);
    const { configDigest } = await readOne(store, tag);
    const other: Digest = `sha256:${"0".repeat(64)}`;
    await expect(readOne(store, tag, configDigest)).resolves.toMatchObject({ configDigest });
    await expect(readOne(store, tag, other)).rejects.toMatchObject({ code: "digest-mismatch" });
    await expect(readOne(store, `docker-archive:${archive}`, other)).rejects.toMatchObject({
      code: "digest-mismatch",
    });
  });

  // A graph driver keeps an image for only one platform under a name.
  test.runIf(store === "containerd")("selects one platform of an image for several", async () => {
    const name = "image-audit-test/read-images:platforms";
    await using place = await workspace({
      Dockerfile: "FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /\n",
      amd64: "",
      arm64: "",
    });
    const platforms = "linux/amd64,linux/arm64";
    await succeed(
      store,
      "buildx",
      "build",
      "--quiet",
      "--load",
      "--platform",
      platforms,
      "--tag",
      name,
      place.path,
    );
    for (const platform of platforms.split(",")) {
      const [image] = await read(store, [name], { platform });
      expect(image).toMatchObject({ platform });
      const paths = image?.layers.flatMap(({ reading }) => [...reading.entries].map(({ path }) => path));
      expect(paths).toEqual([platform.slice("linux/".length)]);
    }
    await expect(read(store, [name], { platform: "linux/s390x" })).rejects.toMatchObject({
      code: "platform-missing",
    });
    const own = `linux/${process.arch === "x64" ? "amd64" : process.arch}`;
    expect(await readOne(store, name)).toMatchObject({ platform: own });
  });
});

function read(
  store: Store,
  names: readonly string[],
  which: Partial<Pick<ImageRequest, "platform" | "configDigest">> = {},
  way: Partial<SourceOptions> = {},
): Promise<readonly Image[]> {
  return readImages(
    names.map((name) => ({
      reference: parseImageReference(name),
      platform: null,
      configDigest: null,
      isBuilt: false,
      ...which,
    })),
    {
      examine: examineContent,
      store: readingsOfThisRun(),
      engine: () => probe(store),
      ...way,
    },
  );
}

function probe(store: Store): Promise<Engine> {
  return probeEngine({ env: dockerEnvironment(engineEnvironment(store)) });
}

async function readOne(store: Store, name: string, configDigest: Digest | null = null): Promise<Image> {
  const [image] = await read(store, [name], { configDigest });
  if (image === undefined) throw new Error(`${name} was not read`);
  return image;
}

/** Inspects an image, without what depends on the route: the layers' compression, and so the manifest. */
function portable(image: Image): Omit<Inspection, "digest" | "pullSize"> {
  const { digest, pullSize, layers, ...rest } = inspect(image);
  return { ...rest, layers: layers.map((layer) => ({ ...layer, digest: null, compressedSize: null })) };
}

async function diffIds(store: Store, name: string): Promise<readonly string[]> {
  return JSON.parse(await succeed(store, "image", "inspect", "--format", "{{json .RootFS.Layers}}", name));
}

async function layerCount(store: Store): Promise<number> {
  return (await diffIds(store, tag)).length;
}

async function succeed(store: Store, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await docker(store, ...args);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}
