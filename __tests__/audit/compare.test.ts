import fc from "fast-check";
import { expect, test } from "vitest";
import { type Comparison, compare } from "../../src/audit/compare.ts";
import { mergeLayers } from "../../src/image/merge.ts";
import type { InspectedLayer, Inspection } from "../../src/inspect/inspect.ts";
import { baseLayers, digestOf, filesystem, inspection, layer } from "../helpers/inspection.ts";
import { fileEntry, madeUpReading } from "../helpers/reading.ts";

const nothing = filesystem({});

function compared(head: Inspection, base: Inspection, dockerfiles?: readonly [head: string, base: string]) {
  return compare(
    { inspection: head, filesystem: nothing, dockerfile: dockerfiles?.[0] ?? null },
    { inspection: base, filesystem: nothing, dockerfile: dockerfiles?.[1] ?? null },
  );
}

const withLayers = (...layers: readonly InspectedLayer[]) => inspection({ layers });

const kinds = ({ layers }: Comparison) => layers.map(({ kind, head, base }) => [kind, head, base]);

test("an image compared with itself has not changed", () => {
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

test("layers are matched by diff ID, then by instruction, then by what an edited instruction keeps", () => {
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
])("%j and %j are one instruction: %j", ([base, head, isOne]) => {
  const { layers } = compared(withLayers(layer(head, 2)), withLayers(layer(base, 1)));
  expect(layers.map(({ kind }) => kind)).toEqual(isOne ? ["changed"] : ["added", "removed"]);
});

test("a layer that is moved is the same layer", () => {
  const [a, b] = [layer("COPY a /", 10), layer("COPY b /", 20)];
  expect(compared(withLayers(b, a), withLayers(a, b)).layers.map(({ kind }) => kind)).toEqual([
    "same",
    "same",
  ]);
});

test("the split adds up to the difference, whatever the layers are", () => {
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

test.for<[string, Inspection["baseImage"], string, Inspection["baseImage"], string]>([
  ["unchanged", debian("a"), "a", debian("a"), "a"],
  ["moved", debian("b"), "b", debian("a"), "a"],
  ["changed", debian("b", "docker.io/library/debian:12"), "b", debian("a"), "a"],
  // same bytes under the same name: a digest that one route cannot know is no movement
  ["unchanged", { ...debian("a"), digest: null }, "a", debian("a"), "a"],
  ["moved", { ...debian("a"), digest: null }, "b", debian("a"), "a"],
  ["unknown", null, "a", debian("a"), "a"],
])("the base image is %s", ([kind, head, headBytes, base, baseBytes]) => {
  const comparison = compared(
    inspection({ baseImage: head, layers: baseLayers(headBytes, 10) }),
    inspection({ baseImage: base, layers: baseLayers(baseBytes, 10) }),
  );
  expect(comparison.baseImage.kind).toBe(kind);
});

test("update size counts only layers that the base lacks, and is unknown where one is", () => {
  const old = layer("COPY a /", 10, { compressedSize: 4 });
  const fresh = layer("COPY b /", 10, { compressedSize: 6 });
  expect(compared(withLayers(old, fresh), withLayers(old)).updateSize).toBe(6);
  expect(
    compared(withLayers(old, { ...fresh, compressedSize: null }), withLayers(old)).updateSize,
  ).toBeNull();
});

const upgrade = "RUN /bin/sh -c apt-get upgrade -y # buildkit";

function upgraded(
  size: number,
  overrides: Partial<InspectedLayer> = {},
  below: readonly InspectedLayer[] = [],
) {
  return withLayers(...below, layer(upgrade, size, { line: 2, ...overrides }));
}

test.for<[string, string, string]>([
  ["drift", "FROM x\nRUN apt-get upgrade -y\n", "FROM x\nRUN apt-get upgrade -y\n"],
  ["drift", "FROM x\nRUN apt-get upgrade -y\nCOPY new /\n", "FROM x\nRUN apt-get upgrade -y\n"],
  [
    "drift",
    "FROM x\nRUN --mount=type=cache,target=/c apt-get upgrade -y",
    "FROM x\nRUN --mount=type=cache,target=/c apt-get upgrade -y",
  ],
  // an ENV above makes another layer of the same RUN, and history does not show it
  ["changed", "ENV V=2\nRUN apt-get upgrade -y\n", "ENV V=1\nRUN apt-get upgrade -y\n"],
  // mounts bring in files of the repository or of another stage
  [
    "changed",
    "FROM x\nRUN --mount=target=/src apt-get upgrade -y",
    "FROM x\nRUN --mount=target=/src apt-get upgrade -y",
  ],
  [
    "changed",
    "FROM x\nRUN --mount=type=cache,from=build,target=/c \\\n apt-get upgrade -y",
    "FROM x\nRUN --mount=type=cache,from=build,target=/c \\\n apt-get upgrade -y",
  ],
  [
    "changed",
    "FROM x\nRUN \\\n # why\n --mount=type=bind,target=/src apt-get upgrade -y",
    "FROM x\nRUN \\\n # why\n --mount=type=bind,target=/src apt-get upgrade -y",
  ],
])("an unchanged RUN with other bytes is %s under %j", ([kind, head, base]) => {
  expect(compared(upgraded(20), upgraded(10), [head, base]).layers[0]?.kind).toBe(kind);
});

test("nothing is drift where a Dockerfile is not known", () => {
  expect(compared(upgraded(20), upgraded(10)).split).toEqual({ baseImage: 0, own: 10, drift: 0 });
});

test("what follows a layer that the author changed is no drift", () => {
  const text = "COPY . /\nRUN apt-get upgrade -y\n";
  const head = upgraded(20, {}, [layer("COPY . /", 6, { line: 1 })]);
  const base = upgraded(10, {}, [layer("COPY . /", 5, { line: 1 })]);
  expect(compared(head, base, [text, text]).split).toEqual({ baseImage: 0, own: 11, drift: 0 });
});

test("what follows a base image that moved is drift", () => {
  const text = "FROM debian:13\nRUN apt-get upgrade -y\n";
  const head = { ...upgraded(20, {}, baseLayers("b", 200)), baseImage: debian("b") };
  const base = { ...upgraded(10, {}, baseLayers("a", 100)), baseImage: debian("a") };
  expect(compared(head, base, [text, text]).split).toEqual({ baseImage: 100, own: 0, drift: 10 });
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

test("shrunk files are the largest losses, gone ones included, with the layer that held them, and all are counted", () => {
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
  ["behind it", "app/zkeep"],
  ["in a directory before it", "abc/x.tar"],
])("a further name of a file adds nothing: %s", (_, name) => {
  const tarball = { ...fileEntry("app/x.tar"), size: 200_000 };
  const base = mergeLayers([madeUpReading([tarball])]);
  const head = mergeLayers([madeUpReading([tarball, hardlink(name, "app/x.tar")])]);
  const sides = [head, base].map((filesystem) => ({ inspection: inspection(), filesystem }));
  for (const [one, other] of [sides, sides.toReversed()]) {
    if (one === undefined || other === undefined) throw new Error("a side is missing");
    expect(compare(one, other)).toMatchObject({ grownFiles: [], grownDirectories: [] });
  }
});

test("a directory grew by what the files in it did, though one of them has its first name elsewhere now", () => {
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

test("what an update fetches counts a layer once that the head lists twice", () => {
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

test("grown directories explain the growth: neither /usr nor every directory of a compiler", () => {
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

test("grown directories lie outside one another and are five at most", () => {
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

// Comparing each with each would not end within the time that a test has.
test("300,000 files are compared", { timeout: 60_000 }, () => {
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
