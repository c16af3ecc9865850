import fc from "fast-check";
import { expect, test } from "vitest";
import type { Comparison } from "../../src/compare/comparison.ts";
import type { BuildRecord, BuildStep } from "../../src/dockerfile/build-record/build-record.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { InspectedLayer, Inspection } from "../../src/inspect/inspection.ts";
import { compare } from "../helpers/at-once.ts";
import {
  baseLayers,
  built,
  digestOf,
  filesystem,
  inspection,
  layer,
  recordOf,
} from "../helpers/inspection.ts";
import { fileEntry, madeUpReading } from "../helpers/reading.ts";

const nothing = filesystem({});

function compared(
  head: Inspection,
  base: Inspection,
  records: { readonly head?: BuildRecord; readonly base?: BuildRecord } = {},
) {
  return compare(
    { inspection: head, filesystem: nothing, record: records.head ?? null },
    { inspection: base, filesystem: nothing, record: records.base ?? null },
  );
}

const withLayers = (...layers: readonly InspectedLayer[]) => inspection({ layers });

const kinds = ({ layers }: Comparison) => layers.map(({ kind, head, base }) => [kind, head, base]);

test("an image does not differ from itself", () => {
  const one = withLayers(layer("RUN a", 5), layer("RUN b", 7), layer("RUN b", 7));
  const comparison = compared(one, one);
  expect(kinds(comparison)).toEqual([
    ["same", 0, 0],
    ["same", 1, 1],
    ["same", 2, 2],
  ]);
  expect(comparison.split).toEqual({ baseImage: 0, own: 0, drift: 0 });
  expect(comparison.size).toEqual({ head: 19, base: 19, difference: 0, percent: 0 });
  expect(comparison.updateSize).toBe(0);
});

test("layers are matched by diff ID, then by instruction, then by the unchanged part of an edited instruction", () => {
  const base = withLayers(
    layer("COPY a /a", 1),
    layer("RUN /bin/sh -c make # buildkit", 10),
    layer("RUN /bin/sh -c apt-get install curl # buildkit", 100),
    layer("COPY old /x", 3),
  );
  const head = withLayers(
    layer("COPY a /a", 1),
    layer("WORKDIR /w", 0),
    layer("RUN /bin/sh -c make # buildkit", 11),
    layer("RUN /bin/sh -c apt-get install curl git # buildkit", 150),
    layer("COPY new /y", 4),
  );
  const comparison = compared(head, base);
  expect(kinds(comparison)).toEqual([
    ["same", 0, 0],
    ["added", 1, null],
    ["changed", 2, 1],
    ["changed", 3, 2],
    ["added", 4, null],
    ["removed", null, 3],
  ]);
  expect(comparison.layers.map(({ difference }) => difference)).toEqual([0, 0, 1, 50, 4, -3]);
});

test.for<[string, string, boolean]>([
  ["COPY calculator.go .", "COPY --from=build /app/calculator .", false],
  ["COPY calculator.go . # buildkit", "COPY /app/calculator . # buildkit", false],
  ["COPY /app /app", "COPY --from=build /app /app", false],
  ["COPY --from=one /app /app", "COPY --from=two /app /app", false],
  ["COPY --chown=1 a.jar /app.jar", "COPY b.jar /app.jar", true],
  ["COPY package.json ./", "COPY package.json package-lock.json .", true],
  ["COPY dist ./app/", "COPY dist src app/", true],
  ["COPY file:1 in /app", "COPY file:2 in /app", true],
  ["ADD a /x", "COPY a /x", false],
])("%j and %j are the same instruction: %j", ([base, head, isOne]) => {
  const { layers } = compared(withLayers(layer(head, 2)), withLayers(layer(base, 1)));
  expect(layers.map(({ kind }) => kind)).toEqual(isOne ? ["changed"] : ["added", "removed"]);
});

test("a layer in another position is the same layer", () => {
  const [a, b] = [layer("COPY a /", 10), layer("COPY b /", 20)];
  expect(compared(withLayers(b, a), withLayers(a, b)).layers.map(({ kind }) => kind)).toEqual([
    "same",
    "same",
  ]);
});

test("the split adds up to the difference for all layers", () => {
  const anyLayer = fc
    .record({
      text: fc.constantFrom("RUN a", "RUN b", "COPY a /", "COPY b /", ""),
      size: fc.nat(100),
      origin: fc.constantFrom("base-image" as const, "own" as const, "unknown" as const),
    })
    .map(({ text, size, origin }) => layer(text, size, { origin }));
  fc.assert(
    fc.property(fc.array(anyLayer, { maxLength: 8 }), fc.array(anyLayer, { maxLength: 8 }), (head, base) => {
      const comparison = compared(withLayers(...head), withLayers(...base));
      const { baseImage, own, drift } = comparison.split;
      expect(baseImage + own + drift).toBe(comparison.size.difference);
      expect(comparison.layers.reduce((sum, { difference }) => sum + difference, 0)).toBe(
        comparison.size.difference,
      );
      const seen = {
        head: comparison.layers.map(({ head }) => head),
        base: comparison.layers.map(({ base }) => base),
      };
      expect(seen.head.filter((index) => index !== null)).toEqual([...head.keys()]);
      expect(new Set(seen.base.filter((index) => index !== null)).size).toBe(base.length);
    }),
  );
});

const debian = (digest: string, resolved = "docker.io/library/debian:13") =>
  ({ written: "debian:13", resolved, digest: digestOf(digest) }) as const;

const on = (baseImage: Inspection["baseImage"], bytes: string) =>
  inspection({ baseImage, layers: baseLayers(bytes, 10) });

test.for<[string, Inspection["baseImage"], string, Inspection["baseImage"], string]>([
  ["unchanged", debian("a"), "a", debian("a"), "a"],
  ["moved", debian("b"), "b", debian("a"), "a"],
  ["changed", debian("b", "docker.io/library/debian:12"), "b", debian("a"), "a"],
  // The same bytes under the same name: a digest that one route cannot know does not mean that it moved.
  ["unchanged", { ...debian("a"), digest: null }, "a", debian("a"), "a"],
  // Other bytes, and the registry's digest is unknown.
  ["unknown", { ...debian("a"), digest: null }, "b", debian("a"), "a"],
  ["unknown", debian("b"), "b", { ...debian("a"), digest: null }, "a"],
  ["unknown", null, "a", debian("a"), "a"],
])("the base image is %s", ([kind, head, headBytes, base, baseBytes]) => {
  const sides = { head: on(head, headBytes), base: on(base, baseBytes) };
  const records = { head: recordOf(sides.head), base: recordOf(sides.base) };
  expect(compared(sides.head, sides.base, records).baseImage.kind).toBe(kind);
});

test("a base image has moved only if each side's builder records its layers as the lowest", () => {
  const [head, base] = [on(debian("b"), "b"), on(debian("a"), "a")];
  const records = { head: recordOf(head), base: recordOf(base) };
  const kindWith = (changed: typeof records) => compared(head, base, changed).baseImage.kind;
  expect(kindWith(records)).toBe("moved");
  const [image] = records.head.steps;
  if (image === undefined) throw new Error("no step");
  for (const unproven of [
    undefined,
    { ...records.head, frontend: "docker/dockerfile:1.2" },
    { ...records.head, steps: [] },
    { ...records.head, steps: [{ ...image, image: "docker.io/library/debian:13-slim" }] },
    { ...records.head, steps: [{ ...image, image: "docker.io/library/debian:13x@sha256:1" }] },
    { ...records.head, steps: [{ ...image, layers: [...image.layers, digestOf("more")] }] },
    { ...records.head, steps: [{ ...image, layers: [digestOf("other")] }] },
    { ...records.head, steps: [{ ...image, layers: [] }] },
    { ...records.head, steps: [{ ...image, platform: "linux/arm64" }] },
    { ...records.head, steps: [image, { ...image, platform: "linux/arm64" }] },
  ]) {
    expect(kindWith({ ...records, head: unproven as BuildRecord })).toBe("unknown");
  }
  const pinned = { ...image, image: `${image.image}@${digestOf("b")}` };
  expect(kindWith({ ...records, head: { ...records.head, steps: [pinned] } })).toBe("moved");
});

test("update size counts only layers that the base lacks, and is unknown if one of them is", () => {
  const old = layer("COPY a /", 10, { compressedSize: 4 });
  const fresh = layer("COPY b /", 10, { compressedSize: 6 });
  expect(compared(withLayers(old, fresh), withLayers(old)).updateSize).toBe(6);
  expect(
    compared(withLayers(old, { ...fresh, compressedSize: null }), withLayers(old)).updateSize,
  ).toBeNull();
});

const upgrade = "RUN apt-get upgrade -y";

function upgraded(size: number, below: readonly InspectedLayer[] = []) {
  return withLayers(...below, layer(upgrade, size, { line: 2 }));
}

/**
 * Returns the kind of a layer that the same command created differently, after a change to the head's record.
 */
function kindOfUpgrade(change: (record: BuildRecord) => BuildRecord | null, name = upgrade): string {
  const [head, base] = [withLayers(layer(name, 20)), withLayers(layer(name, 10))];
  const record = change(recordOf(head));
  return compared(head, base, { base: recordOf(base), ...(record === null ? {} : { head: record }) })
    .layers.map(({ kind }) => kind)
    .join();
}

const withStep = (change: Partial<BuildStep>) => (record: BuildRecord) => ({
  ...record,
  steps: record.steps.map((step) => ({ ...step, ...change })),
});

test("a closed command that both builders ran identically, with different bytes, is drift", () => {
  expect(kindOfUpgrade((record) => record)).toBe("drift");
  expect(kindOfUpgrade((record) => ({ ...record, frontend: "docker/dockerfile:1" }))).toBe("drift");
});

test.each<[string, (record: BuildRecord) => BuildRecord | null]>([
  ["there is no record", () => null],
  ["it may be from a cache", (record) => ({ ...record, ignoredCache: false })],
  [
    "another frontend may have read the Dockerfile",
    (record) => ({ ...record, frontend: "docker/dockerfile:1.2" }),
  ],
  ["its instructions differ", withStep({ operation: "RUN apt-get upgrade -y # other environment" })],
  ["it has inputs other than the layers below", withStep({ isClosedCommand: false })],
  ["no step of the record created it", withStep({ layers: [digestOf("other")] })],
  ["two steps may have created it", (record) => ({ ...record, steps: [...record.steps, ...record.steps] })],
])("a command is not drift if %s", (_, change) => {
  expect(kindOfUpgrade(change)).toBe("changed");
});

test("only a closed command is drift", () => {
  expect(kindOfUpgrade((record) => record, "COPY . .")).toBe("changed");
});

test("nothing is drift without a record", () => {
  expect(compared(upgraded(20), upgraded(10)).split).toEqual({ baseImage: 0, own: 10, drift: 0 });
});

test.for<[string, readonly InspectedLayer[], readonly InspectedLayer[], number]>([
  ["drift above the same layers", [layer("COPY a /", 5)], [layer("COPY a /", 5)], 10],
  ["drift above drift", [layer("RUN a", 6)], [layer("RUN a", 5)], 11],
  ["no drift above a layer that the author changed", [layer("COPY . /", 6)], [layer("COPY . /", 5)], 0],
  ["no drift above a layer that the author added", [layer("COPY a /", 5)], [], 0],
  ["no drift above a layer that the author removed", [], [layer("COPY a /", 5)], 0],
  [
    "no drift above layers that the author reordered",
    [layer("COPY a /", 5), layer("COPY b /", 6)],
    [layer("COPY b /", 6), layer("COPY a /", 5)],
    0,
  ],
  ["no drift on another base image", baseLayers("b", 100), baseLayers("a", 100), 0],
])("a layer can be %s", ([, headBelow, baseBelow, drift]) => {
  const { head, base, records } = built(upgraded(20, headBelow), upgraded(10, baseBelow));
  expect(compared(head, base, records).split.drift).toBe(drift);
});

test("layers above a base image that moved are the author's, but the base image's change is not", () => {
  const head = { ...upgraded(20, baseLayers("b", 200)), baseImage: debian("b") };
  const base = { ...upgraded(10, baseLayers("a", 100)), baseImage: debian("a") };
  const { records } = built(head, base);
  expect(compared(head, base, records).split).toEqual({ baseImage: 100, own: 10, drift: 0 });
});

test("grown files are the largest growths in the final filesystem, with their layer's line", () => {
  const head = inspection({ layers: [layer("COPY a /", 1, { line: 4 }), layer("COPY b /", 1, { line: 7 })] });
  const { grownFiles } = compare(
    {
      inspection: head,
      filesystem: filesystem({ "opt/new": [50, 1], "opt/more": [30, 0], "opt/less": [1, 0] }),
    },
    {
      inspection: head,
      filesystem: filesystem({ "opt/more": [10, 0], "opt/less": [9, 0], "opt/gone": [900, 0] }),
    },
  );
  expect(grownFiles).toEqual([
    { path: "/opt/new", kind: "file", head: 50, base: null, difference: 50, layer: 1, line: 7 },
    { path: "/opt/more", kind: "file", head: 30, base: 10, difference: 20, layer: 0, line: 4 },
  ]);
});

test("shrunk files are the largest losses, including removed files, with their former layer and a total count", () => {
  const base = inspection({ layers: [layer("COPY a /", 1), layer("COPY b /", 1, { line: 7 })] });
  const many = Object.fromEntries(
    Array.from({ length: 12 }, (_, index) => [`opt/many/${index}`, [1, 0] as const]),
  );
  const { grownFiles, shrunkFiles, fileCounts } = compare(
    { inspection: inspection(), filesystem: filesystem({ "opt/more": [30, 0], "opt/less": [1, 0] }) },
    {
      inspection: base,
      filesystem: filesystem({
        "opt/more": [10, 0],
        "opt/less": [9, 0],
        "opt/gone": [900, 1],
        "opt/empty": [0, 0],
        ...many,
      }),
    },
  );
  expect(grownFiles.map(({ path }) => path)).toEqual(["/opt/more"]);
  expect(shrunkFiles).toHaveLength(10);
  expect(shrunkFiles.slice(0, 2)).toEqual([
    { path: "/opt/gone", kind: "file", head: null, base: 900, difference: -900, layer: 1, line: 7 },
    { path: "/opt/less", kind: "file", head: 1, base: 9, difference: -8, layer: 0, line: null },
  ]);
  expect(fileCounts).toEqual({ grown: 1, shrunk: 14 });
});

test("a file with several names counts once", () => {
  const linked = mergeLayers([
    madeUpReading([
      { ...fileEntry("b"), size: 10 },
      { ...fileEntry("a"), size: 0, type: "hardlink", linkTarget: "b" },
    ]),
  ]);
  const { grownFiles } = compare(
    { inspection: inspection(), filesystem: linked },
    { inspection: inspection(), filesystem: nothing },
  );
  expect(grownFiles.map(({ path }) => path)).toEqual(["/a"]);
});

const hardlink = (path: string, linkTarget: string) => ({
  ...fileEntry(path),
  size: 0,
  type: "hardlink" as const,
  linkTarget,
});

test.each([
  ["before it", "app/keep2"],
  ["after it", "app/zkeep"],
  ["in a directory before it", "abc/x.tar"],
])("another name of a file adds nothing: %s", (_, name) => {
  const tarball = { ...fileEntry("app/x.tar"), size: 200_000 };
  const base = mergeLayers([madeUpReading([tarball])]);
  const head = mergeLayers([madeUpReading([tarball, hardlink(name, "app/x.tar")])]);
  const sides = [head, base].map((filesystem) => ({ inspection: inspection(), filesystem }));
  for (const [one, other] of [sides, sides.toReversed()]) {
    if (one === undefined || other === undefined) throw new Error("a side is missing");
    expect(compare(one, other)).toMatchObject({ grownFiles: [], grownDirectories: [] });
  }
});

test("a directory grew by the growth of its files, even if one of them now has its first name elsewhere", () => {
  const kept = { ...fileEntry("lib/kept"), size: 200_000 };
  const base = mergeLayers([madeUpReading([kept])]);
  const head = mergeLayers([
    madeUpReading([kept, hardlink("bin/kept", "lib/kept"), { ...fileEntry("lib/new"), size: 300_000 }]),
  ]);
  const { grownDirectories } = compare(
    { inspection: inspection(), filesystem: head },
    { inspection: inspection(), filesystem: base },
  );
  expect(grownDirectories).toMatchObject([
    { path: "/lib", head: 500_000, base: 200_000, difference: 300_000 },
  ]);
});

test("update size counts a layer once that the head lists twice", () => {
  const layer = {
    ...inspection().layers[0],
    diffId: `sha256:${"7".repeat(64)}`,
    digest: `sha256:${"8".repeat(64)}`,
  };
  const twice = { ...layer, compressedSize: 70 } as Inspection["layers"][number];
  const { updateSize } = compare(
    { inspection: inspection({ layers: [twice, twice] }), filesystem: nothing },
    { inspection: inspection({ layers: [] }), filesystem: nothing },
  );
  expect(updateSize).toBe(70);
});

test("grown directories explain the growth, but are neither /usr nor every directory of a compiler", () => {
  const { grownDirectories } = compare(
    {
      inspection: inspection(),
      filesystem: filesystem({
        "usr/lib/go-1.19/pkg/std.a": [300, 0],
        "usr/lib/go-1.19/bin/go": [130, 0],
        "usr/lib/gcc/13/cc1": [240, 0],
        "usr/share/doc/readme": [90, 0],
        "etc/passwd": [1, 0],
      }),
    },
    { inspection: inspection(), filesystem: filesystem({ "usr/share/doc/readme": [10, 0] }) },
  );
  expect(grownDirectories.map(({ path, head, base, difference }) => [path, head, base, difference])).toEqual([
    ["/usr/lib/go-1.19", 430, null, 430],
    ["/usr/lib/gcc/13", 240, null, 240],
    ["/usr/share/doc", 90, 10, 80],
  ]);
});

test("there are at most five grown directories, none inside another", () => {
  const path = fc.array(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1, maxLength: 6 });
  const files = fc.array(fc.tuple(path, fc.nat(1000)), { maxLength: 40 });
  fc.assert(
    fc.property(files, files, (head, base) => {
      const tree = (side: typeof head) =>
        filesystem(
          Object.fromEntries(side.map(([parts, size]) => [`${parts.join("/")}/f`, [size, 0] as const])),
        );
      const { grownDirectories } = compare(
        { inspection: inspection(), filesystem: tree(head) },
        { inspection: inspection(), filesystem: tree(base) },
      );
      const paths = grownDirectories.map(({ path }) => `${path}/`);
      expect(paths.length).toBeLessThanOrEqual(5);
      for (const outer of paths) {
        expect(paths.filter((inner) => inner.startsWith(outer))).toEqual([outer]);
      }
    }),
  );
});

// A comparison of each file with each other file would exceed the test's timeout.
test("compares 300,000 files", { timeout: 60_000 }, () => {
  const tree = (factor: number) =>
    filesystem(
      Object.fromEntries(
        Array.from({ length: 300_000 }, (_, index) => [
          `usr/lib/python3/site-packages/package${index % 500}/module${index % 7}/file${index}.py`,
          [index * factor, 0] as const,
        ]),
      ),
    );
  const [head, base] = [tree(2), tree(1)];
  const { grownDirectories } = compare(
    { inspection: inspection(), filesystem: head },
    { inspection: inspection(), filesystem: base },
  );
  expect(grownDirectories.map(({ path }) => path)).toEqual(["/usr/lib/python3/site-packages"]);
});
