import fc from "fast-check";
import { expect, test } from "vitest";
import type { SizePart } from "../../src/compare/comparison.ts";
import { compare } from "../helpers/at-once.ts";
import { baseLayers, filesystem, inspection, layer } from "../helpers/inspection.ts";

type Files = Readonly<Record<string, readonly [size: number, layer: number]>>;

const site = "usr/lib/python3/site-packages";

function partsOf(
  head: Parameters<typeof inspection>[0],
  headFiles: Files,
  base: Parameters<typeof inspection>[0],
  baseFiles: Files,
): readonly SizePart[] {
  return compare(
    { inspection: inspection(head), filesystem: filesystem(headFiles) },
    { inspection: inspection(base), filesystem: filesystem(baseFiles) },
  ).parts;
}

const summarize = (parts: readonly SizePart[]) =>
  parts.map(({ difference, paths }) => [difference, paths.map(({ path, difference }) => [path, difference])]);

test("an existing directory counts with its growth, beside new ones", () => {
  const before: Files = { [`${site}/pip/a.py`]: [9_140_000, 0] };
  const pip: Files = { ...before, [`${site}/pip/__pycache__/a.pyc`]: [996_000, 1] };
  const compiled = partsOf(
    { layers: [...baseLayers("debian", 9_140_000), layer("RUN pip check", 1_000_000)] },
    pip,
    { layers: baseLayers("debian", 9_140_000) },
    before,
  );
  expect(summarize(compiled)).toEqual([[1_000_000, [[`/${site}/pip/__pycache__/a.pyc`, 996_000]]]]);
  const installed = partsOf(
    { layers: [...baseLayers("debian", 9_140_000), layer("RUN pip install flask", 5_390_000)] },
    { ...pip, [`${site}/flask/b.py`]: [4_394_000, 1] },
    { layers: baseLayers("debian", 9_140_000) },
    before,
  );
  expect(summarize(installed)).toEqual([[5_390_000, [[`/${site}`, 5_390_000]]]]);
  expect(installed[0]?.paths[0]?.packages).toEqual([
    { name: "flask", difference: 4_394_000, isWhole: true },
    { name: "pip", difference: 996_000, isWhole: false },
  ]);
});

test("a path larger than the layer's difference does not explain it", () => {
  const parts = partsOf(
    { layers: [layer("RUN make", 1100)] },
    { "opt/new": [1100, 0] },
    // Files that a later step deletes count in the layer, but are not visible.
    { layers: [layer("RUN make", 1000)] },
    {},
  );
  expect(summarize(parts)).toEqual([[100, []]]);
});

test("an image with a smaller base image is explained by removed files, not by new ones", () => {
  const parts = partsOf(
    { layers: baseLayers("trixie", 80) },
    { "usr/bin/python3.13": [7, 0], "usr/lib/python3.13/os.py": [3, 0] },
    { layers: baseLayers("bookworm", 100, 68) },
    { "usr/bin/python3.12": [5, 1], "usr/share/doc/a": [40, 1], "usr/share/doc/b": [38, 0] },
  );
  expect(summarize(parts)).toEqual([[-88, [["/usr/share/doc", -78]]]]);
});

test("packages of a language are named: new and removed ones by name only, changed ones with their difference", () => {
  const installed = (names: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      Object.entries(names).map(([name, size]) => [`${site}/${name}/x.py`, [size, 0] as const]),
    );
  const layers = (size: number) => [layer("RUN pip install -r requirements.txt", size)];
  const removed = {
    werkzeug: 900,
    flask: 500,
    jinja2: 400,
    click: 300,
    blinker: 40,
    "flask-3.0.dist-info": 9,
  };
  const parts = partsOf(
    { layers: layers(1000) },
    installed({ pip: 900, numpy: 100 }),
    { layers: layers(3249) },
    installed({ ...removed, pip: 1000, numpy: 100, "@types/node": 0 }),
  );
  expect(parts).toEqual([
    {
      layer: 0,
      difference: -2249,
      paths: [
        {
          path: `/${site}`,
          kind: "directory",
          difference: -2249,
          packages: [
            { name: "werkzeug", difference: -900, isWhole: true },
            { name: "flask", difference: -500, isWhole: true },
            { name: "jinja2", difference: -400, isWhole: true },
          ],
          packageCount: 6,
        },
      ],
    },
  ]);
});

test("npm scopes are not packages, nor are files beside them", () => {
  const at = (name: string, size: number) => [`app/node_modules/${name}`, [size, 0] as const];
  const [part] = partsOf(
    { layers: [layer("RUN npm ci", 100)] },
    Object.fromEntries([
      at("@babel/core/index.js", 30),
      at("@babel/parser/index.js", 40),
      at(".bin/x", 5),
      at(".package-lock.json", 5),
      at("six.py", 20),
    ]),
    { layers: [layer("RUN npm ci", 0)] },
    {},
  );
  expect(part?.paths[0]?.packages?.map(({ name }) => name)).toEqual(["@babel/parser", "@babel/core", "six"]);
  expect(part?.paths[0]?.packageCount).toBe(3);
});

test("a file that changes layers makes one layer smaller and the other larger", () => {
  const parts = partsOf(
    { layers: [layer("COPY a /", 0, { id: "a2" }), layer("COPY b /", 60)] },
    { "app/big": [60, 1] },
    { layers: [layer("COPY a /", 50)] },
    { "app/big": [50, 0] },
  );
  expect(summarize(parts)).toEqual([
    [-50, [["/app/big", -50]]],
    [60, [["/app/big", 60]]],
  ]);
});

test("parts add up to the difference, and each explanation has its part's sign and is not larger", () => {
  const anyLayer = fc
    .record({
      text: fc.constantFrom("RUN a", "RUN b", "COPY a /", "COPY b /"),
      size: fc.nat(1000),
      origin: fc.constantFrom("base-image" as const, "own" as const, "unknown" as const),
    })
    .map(({ text, size, origin }) => layer(text, size, { origin }));
  const anyPath = fc
    .array(fc.constantFrom("a", "b", "site-packages", "d"), { minLength: 1, maxLength: 4 })
    .map((parts) => `${parts.join("/")}/f`);
  const side = fc.array(anyLayer, { minLength: 1, maxLength: 4 }).chain((layers) =>
    fc.record({
      layers: fc.constant(layers),
      files: fc.array(fc.tuple(anyPath, fc.nat(1000), fc.nat(layers.length - 1)), { maxLength: 12 }),
    }),
  );
  const filesOf = (files: readonly (readonly [string, number, number])[]): Files =>
    Object.fromEntries(files.map(([path, size, index]) => [path, [size, index]]));
  fc.assert(
    fc.property(side, side, (head, base) => {
      const sides = [head, base].map(({ layers, files }) => ({
        inspection: inspection({ layers }),
        filesystem: filesystem(filesOf(files)),
      }));
      const [headSide, baseSide] = sides;
      if (headSide === undefined || baseSide === undefined) throw new Error("two sides were made");
      const { parts, size } = compare(headSide, baseSide);
      expect(parts.reduce((sum, part) => sum + part.difference, 0)).toBe(size.difference);
      for (const { difference, paths } of parts) {
        for (const path of paths) expect(Math.sign(path.difference)).toBe(Math.sign(difference));
        const sum = paths.reduce((total, path) => total + Math.abs(path.difference), 0);
        expect(sum).toBeLessThanOrEqual(Math.abs(difference));
      }
    }),
  );
});
