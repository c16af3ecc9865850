import { expect, test } from "vitest";
import { type Filesystem, inByteOrder, nodeAt, resolve, resolveLink } from "../../src/image/filesystem.ts";
import { readLayer } from "../../src/image/layer.ts";
import type { LayerEntry, LayerReading } from "../../src/image/layer-reading.ts";
import { mergeLayers } from "../../src/image/merge.ts";
import { chunksOf } from "../helpers/list-tar.ts";
import { overlayCases } from "../helpers/overlay-cases.ts";
import { madeUpReading } from "../helpers/reading.ts";
import { directory, file, hardlink, symlink, type TarMember, tar } from "../helpers/tar.ts";

test.each(overlayCases)("$name", async ({ lower, upper, seen }) => {
  expect(listing(await merge(lower, upper))).toBe(seen);
});

test("makes directories that no layer lists for root with mode 0755, and keeps what a lower layer says of one", async () => {
  const filesystem = await merge([directory("tmp", { mode: 0o1777 })], [file("tmp/a/b")]);
  expect(nodeAt(filesystem, "tmp")).toMatchObject({ attributes: { mode: 0o1777 }, layer: 0 });
  expect(nodeAt(filesystem, "tmp/a")).toMatchObject({
    path: "tmp/a",
    attributes: { type: "directory", mode: 0o755, uid: 0, gid: 0 },
    layer: 1,
  });
});

test("gives hard links one inode, and the file's own type and size", async () => {
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

test("a hard link keeps the file that its name had then, when the name is given anew in the same layer", async () => {
  const filesystem = await merge([file("sh", "shell"), hardlink("h", "sh"), file("sh", "no")]);
  expect([nodeAt(filesystem, "h")?.size, nodeAt(filesystem, "sh")?.size]).toEqual([5, 2]);
});

test("lists in byte order of the paths", async () => {
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

// Looking at all of a layer for each entry would not end within the time that a test has.
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

test("follows 40 links and no more, as Linux does", async () => {
  const chain = (length: number) => [
    file("l0"),
    ...Array.from({ length }, (_, index) => symlink(`l${index + 1}`, `l${index}`)),
  ];
  expect(resolve(await merge(chain(41)), "l40")?.path).toBe("l0");
  expect(resolve(await merge(chain(41)), "l41")).toBeNull();
});

async function merge(...layers: (readonly TarMember[])[]): Promise<Filesystem> {
  const readings: LayerReading[] = [];
  for (const layer of layers) readings.push((await readLayer(chunksOf(tar(layer), 4096))).reading);
  return mergeLayers(readings);
}

/** Paths, `/` after directories, `@` and the target after links, `:` and the size after files that have content. */
function listing(filesystem: Filesystem): string {
  const lines = Array.from(inByteOrder(filesystem), ({ path, attributes, size }) => {
    if (attributes.type === "directory") return `${path}/`;
    if (attributes.type === "symlink") return `${path}@${attributes.linkTarget}`;
    return size === 0 ? path : `${path}:${size}`;
  });
  return lines.join(" ");
}

function entry(type: LayerEntry["type"], path: string): LayerEntry {
  return { path, type, mode: 0o644, uid: 0, gid: 0, size: 0, modified: 0 };
}
