import { expect, test } from "vitest";
import { type Filesystem, mergeLayers, resolve, resolveLink } from "../../src/image/filesystem.ts";
import { readLayer } from "../../src/image/layer.ts";
import type { LayerEntry, LayerReading } from "../../src/image/layer-reading.ts";
import { chunksOf } from "../helpers/list-tar.ts";
import { overlayCases } from "../helpers/overlay-cases.ts";
import { directory, file, hardlink, symlink, type TarMember, tar } from "../helpers/tar.ts";

test.each(overlayCases)("$name", async ({ lower, upper, seen }) => {
  expect(listing(await merge(lower, upper))).toBe(seen);
});

test("makes directories that no layer lists for root with mode 0755, and keeps what a lower layer says of one", async () => {
  const { nodes } = await merge([directory("tmp", { mode: 0o1777 })], [file("tmp/a/b")]);
  expect(nodes.get("tmp")).toMatchObject({ entry: { mode: 0o1777 }, layer: 0 });
  expect(nodes.get("tmp/a")).toMatchObject({
    entry: { type: "directory", mode: 0o755, uid: 0, gid: 0 },
    layer: 1,
  });
});

test("gives hard links one inode, and the file's own type and size", async () => {
  const { nodes } = await merge(
    [
      file("a", "text"),
      hardlink("b", "a", { mode: 0o755, uid: 3 }),
      hardlink("c", "b", { mode: 0o755, uid: 3 }),
      file("d", "text"),
    ],
    [file("a", "other")],
  );
  expect(nodes.get("b")?.inode).toBe(nodes.get("c")?.inode);
  expect(new Set([...nodes.values()].map(({ inode }) => inode)).size).toBe(3);
  expect(nodes.get("b")?.entry).toMatchObject({ type: "file", size: 4, mode: 0o755, uid: 3 });
  expect(nodes.get("a")).toMatchObject({ layer: 1, entry: { size: 5 } });
});

test("a hard link keeps the file that its name had then, when the name is given anew in the same layer", async () => {
  const { nodes } = await merge([file("sh", "shell"), hardlink("h", "sh"), file("sh", "no")]);
  expect([nodes.get("h")?.entry.size, nodes.get("sh")?.entry.size]).toEqual([5, 2]);
});

test("lists in byte order of the paths", async () => {
  const { nodes } = await merge([
    file("a/b"),
    file("a-b"),
    file("a"),
    file("B"),
    directory("a"),
    file("a/c"),
  ]);
  expect([...nodes.keys()]).toEqual(["B", "a", "a-b", "a/c"]);
});

// Looking at all of a layer for each entry would not end within the time that a test has.
test("merges 300,000 entries and as many whiteouts", { timeout: 60_000 }, () => {
  const entries = Array.from({ length: 300_000 }, (_, index) =>
    entry("file", `d${index % 300}/s${index % 7}/f${index}`),
  );
  const gone = entries.map(({ path }) => entry("whiteout", path));
  const { nodes } = mergeLayers([reading(entries), reading(gone), reading(entries.slice(0, 10))]);
  expect(nodes.size).toBeGreaterThan(2000);
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
  const node = filesystem.nodes.get(path.slice(1));
  if (node !== undefined) expect(resolveLink(filesystem, node)?.path ?? null).toBe(leads);
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
function listing({ nodes }: Filesystem): string {
  const lines = [...nodes.values()].map(({ path, entry }) => {
    if (entry.type === "directory") return `${path}/`;
    if (entry.type === "symlink") return `${path}@${entry.linkTarget}`;
    return entry.size === 0 ? path : `${path}:${entry.size}`;
  });
  return lines.join(" ");
}

function entry(type: LayerEntry["type"], path: string): LayerEntry {
  return { path, type, mode: 0o644, uid: 0, gid: 0, size: 0, modified: 0 };
}

function reading(entries: readonly LayerEntry[]): LayerReading {
  return { diffId: `sha256:${"0".repeat(64)}`, size: 0, tarSize: 0, entries, anomalies: [] };
}
