import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type Filesystem,
  inByteOrder,
  nodeAt,
  resolve,
  resolveLink,
} from "../../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../../src/image/filesystem/merge.ts";
import type { FilesystemNode } from "../../../src/image/filesystem/node.ts";
import type { LayerEntry } from "../../../src/image/layer/entry.ts";
import { EntryTable } from "../../../src/image/layer/entry-table.ts";
import { readLayer } from "../../../src/image/layer/layer.ts";
import type { LayerReading } from "../../../src/image/layer/reading.ts";
import { limits } from "../../../src/image/limits.ts";
import { chunksOf } from "../../helpers/list-tar.ts";
import { overlayCases } from "../../helpers/overlay-cases.ts";
import { madeUpReading } from "../../helpers/reading.ts";
import { directory, file, hardlink, symlink, type TarMember, tar } from "../../helpers/tar.ts";

test.each(overlayCases)("$name", async ({ lower, upper, seen }) => {
  expect(listing(await merge(lower, upper))).toBe(seen);
});

test("creates unlisted directories for root with mode 0755, and keeps a lower layer's attributes", async () => {
  const filesystem = await merge([directory("tmp", { mode: 0o1777 })], [file("tmp/a/b")]);
  expect(nodeAt(filesystem, "tmp")).toMatchObject({ attributes: { mode: 0o1777 }, layer: 0 });
  expect(nodeAt(filesystem, "tmp/a")).toMatchObject({
    path: "tmp/a",
    attributes: { type: "directory", mode: 0o755, uid: 0, gid: 0 },
    layer: 1,
  });
});

test("gives hard links one inode, and the file's type and size", async () => {
  const filesystem = await merge(
    [
      file("a", "text"),
      hardlink("b", "a", { mode: 0o755, uid: 3 }),
      hardlink("c", "b", { mode: 0o755, uid: 3 }),
      file("d", "text"),
    ],
    [file("a", "other")],
  );
  const [a, b, c, d] = ["a", "b", "c", "d"].map((path) => nodeAt(filesystem, path));
  expect(b?.inode).toBe(c?.inode);
  expect(b?.inode).not.toBeNull();
  expect([a?.inode, d?.inode]).toEqual([null, null]);
  expect(b).toMatchObject({ size: 4, attributes: { type: "file", mode: 0o755, uid: 3 } });
  expect(a).toMatchObject({ layer: 1, size: 5 });
});

test("a hard link keeps its file if the same layer replaces the target's name", async () => {
  const filesystem = await merge([file("sh", "shell"), hardlink("h", "sh"), file("sh", "no")]);
  expect([nodeAt(filesystem, "h")?.size, nodeAt(filesystem, "sh")?.size]).toEqual([5, 2]);
});

test("lists paths in byte order", async () => {
  const filesystem = await merge([
    file("a/b"),
    file("a-b"),
    file("a"),
    file("B"),
    directory("a"),
    file("a/c"),
  ]);
  expect(Array.from(inByteOrder(filesystem), ({ path }) => path)).toEqual(["B", "a", "a-b", "a/c"]);
});

// A scan of the whole layer for each entry would exceed the test's timeout.
test("merges 300,000 entries and as many whiteouts", { timeout: 60_000 }, () => {
  const entries = Array.from({ length: 300_000 }, (_, index) =>
    entry("file", `d${index % 300}/s${index % 7}/f${index}`),
  );
  const gone = entries.map(({ path }) => entry("whiteout", path));
  const filesystem = mergeLayers([entries, gone, entries.slice(0, 10)].map(madeUpReading));
  expect([...inByteOrder(filesystem)]).toHaveLength(300 + 300 * 7 + 10);
});

test.each<readonly [path: string, leads: string | null]>([
  ["/bin/sh", "usr/bin/dash"],
  ["bin/../bin//sh", "usr/bin/dash"],
  ["/../../bin/sh", "usr/bin/dash"],
  ["/abs", "usr/bin/dash"],
  ["/out", "usr/bin/dash"],
  ["/loop", null],
  ["/dangling", null],
  ["/usr/bin/dash/x", null],
  ["/usr/bin/dash/", null],
  ["/", null],
  ["/up", "usr"],
])("resolves %s", async (path, leads) => {
  const filesystem = await merge([
    file("usr/bin/dash"),
    symlink("usr/bin/sh", "dash"),
    symlink("bin", "usr/bin"),
    symlink("abs", "/bin/sh"),
    symlink("out", "../../../bin/sh"),
    symlink("loop", "loop"),
    symlink("dangling", "nowhere"),
    symlink("up", "usr/bin/.."),
  ]);
  expect(resolve(filesystem, path)?.path ?? null).toBe(leads);
  const node = nodeAt(filesystem, path.slice(1));
  if (node !== null) expect(resolveLink(filesystem, node)?.path ?? null).toBe(leads);
});

test("follows at most 40 links, like Linux", async () => {
  const chain = (length: number) => [
    file("l0"),
    ...Array.from({ length }, (_, index) => symlink(`l${index + 1}`, `l${index}`)),
  ];
  expect(resolve(await merge(chain(41)), "l40")?.path).toBe("l0");
  expect(resolve(await merge(chain(41)), "l41")).toBeNull();
});

const components = fc.constantFrom("a", "b", "c", "..", ".", "");
const targets = fc
  .tuple(fc.constantFrom("", "/"), fc.array(components, { minLength: 1, maxLength: 4 }))
  .map(([root, parts]) => root + parts.join("/"));
const linkedTree = fc.array(
  fc.record({
    path: fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 3 }),
    target: targets,
  }),
  { maxLength: 9 },
);

test("a link resolves to the same path as without a cache, whatever was resolved before", () => {
  fc.assert(
    fc.property(linkedTree, fc.array(fc.nat(20), { maxLength: 20 }), (links, order) => {
      const entries = links.map(({ path, target }) => link(path.join("/"), target));
      const filesystem = mergeLayers([entry("file", "a/c/b"), ...entries].map((one) => madeUpReading([one])));
      const nodes = [...inByteOrder(filesystem)];
      for (const index of [...order, ...nodes.keys()]) {
        const node = nodes[index];
        if (node === undefined) continue;
        expect(resolveLink(filesystem, node)?.path).toBe(followed(filesystem, node.path)?.path);
        for (const path of [`${node.path}/a`, `/${node.path}/../b`])
          expect(resolve(filesystem, path)?.path).toBe(followed(filesystem, path)?.path);
      }
    }),
    { numRuns: 400 },
  );
});

/**
 * Resolves a path in the simplest way: each component and each link again. Null for a missing path or the
 * root.
 */
function followed(filesystem: Filesystem, path: string): FilesystemNode | null {
  let at: string[] = [];
  let links = 0;
  const rest = path.split("/");
  for (let part = rest.shift(); part !== undefined; part = rest.shift()) {
    const directory = nodeAt(filesystem, at.join("/"));
    if (at.length > 0 && directory?.children == null) return null;
    if (part === "" || part === ".") continue;
    if (part === "..") {
      at.pop();
      continue;
    }
    const node = nodeAt(filesystem, [...at, part].join("/"));
    if (node === null) return null;
    const { type, linkTarget = "" } = node.attributes;
    if (type !== "symlink") {
      at.push(part);
      continue;
    }
    if (++links > 40) return null;
    if (linkTarget.startsWith("/")) at = [];
    rest.unshift(...linkTarget.split("/"));
  }
  return nodeAt(filesystem, at.join("/"));
}

// Following each link again, or looking up each parent directory from the root, would exceed the timeout of
// both tests.
test("follows thousands of links through others, hundreds of directories down and up again", () => {
  const filesystem = mergeLayers([madeUpReading([...maze(20_000)])]);
  for (const index of [0, 1, 19_999]) {
    const node = nodeAt(filesystem, `links/${index}`);
    if (node === null) throw new Error("a link is missing");
    expect(resolveLink(filesystem, node)?.path).toBe("sh");
  }
  const links = [...inByteOrder(filesystem)].filter(({ attributes }) => attributes.type === "symlink");
  expect(links.filter((node) => resolveLink(filesystem, node)?.path !== "sh")).toEqual([]);
});

test("a chain of 100,000 links resolves only near its end", () => {
  const chain = Array.from({ length: 100_000 }, (_, index) => link(`l${index + 1}`, `l${index}`));
  const filesystem = mergeLayers([madeUpReading([entry("file", "l0"), ...chain])]);
  const ends = [100_000, 41, 40, 1].map((index) => resolve(filesystem, `l${index}`)?.path ?? null);
  expect(ends).toEqual([null, null, "l0", "l0"]);
});

test("refuses links with more text than can be followed", () => {
  const up = `../${`${"d/".repeat(300)}${"../".repeat(300)}`.repeat(2)}sh`;
  const links = Array.from({ length: 10_000 }, (_, index) => link(`links/${index}`, up));
  const filesystem = mergeLayers([
    madeUpReading([entry("file", `${"d/".repeat(300)}f`), entry("file", "sh"), ...links]),
  ]);
  const all = () => links.map(({ path }) => resolve(filesystem, path));
  expect(all).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
});

/** Yields links to a shell through others, which lead 350 directories down and up again. */
function* maze(count: number): Generator<LayerEntry> {
  yield entry("file", "sh");
  yield entry("file", `${"d/".repeat(350)}f`);
  const through = `${"d/".repeat(350)}${"../".repeat(350)}`;
  for (let index = 0; index < 20; index++)
    yield link(`m${index}`, index === 0 ? "sh" : `${through}m${index - 1}`);
  for (let index = 0; index < count; index++) yield link(`links/${index}`, `../m${index % 20}`);
}

function link(path: string, linkTarget: string): LayerEntry {
  return { ...entry("symlink", path), linkTarget };
}

// Opening a directory again for each requested name would exceed the test's timeout.
test("merges a directory of 200,000 alternating files and hard links", { timeout: 60_000 }, () => {
  const entries = Array.from(
    { length: 200_000 },
    (_, index): LayerEntry =>
      index % 2 === 0
        ? entry("file", `d/${index}`)
        : { ...entry("hardlink", `d/${index}`), linkTarget: `d/${index - 1}` },
  );
  const filesystem = mergeLayers([madeUpReading(entries)]);
  expect(nodeAt(filesystem, "d/199999")?.inode).toBe(nodeAt(filesystem, "d/199998")?.inode);
});

test("refuses an image with more files than any legitimate image has", () => {
  const few = madeUpReading([entry("file", "a")]);
  const columns = { ...few.entries.columns, ends: { length: limits.members } as Uint32Array };
  const many = Array.from({ length: 3 }, () => ({ ...few, entries: new EntryTable(columns) }));
  expect(() => mergeLayers(many)).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
});

async function merge(...layers: (readonly TarMember[])[]): Promise<Filesystem> {
  const readings: LayerReading[] = [];
  for (const layer of layers) readings.push((await readLayer(chunksOf(tar(layer), 4096))).reading);
  return mergeLayers(readings);
}

/**
 * Lists paths, with `/` after directories, `@` and target after links, `:` and size after files with content.
 */
function listing(filesystem: Filesystem): string {
  const lines = Array.from(inByteOrder(filesystem), ({ path, attributes, size }) => {
    if (attributes.type === "directory") return `${path}/`;
    if (attributes.type === "symlink") return `${path}@${attributes.linkTarget}`;
    return size === 0 ? path : `${path}:${size}`;
  });
  return lines.join(" ");
}

function entry(type: LayerEntry["type"], path: string): LayerEntry {
  return { path, type, mode: 0o644, uid: 0, gid: 0, size: 0, crc32: 0, modified: 0 };
}
