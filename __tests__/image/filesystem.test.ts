import { expect, test } from "vitest";
import { type Filesystem, mergeLayers, resolve, resolveLink } from "../../src/image/filesystem.ts";
import { readLayer } from "../../src/image/layer.ts";
import type { LayerEntry, LayerReading } from "../../src/image/layer-reading.ts";
import { chunksOf } from "../helpers/list-tar.ts";
import { directory, file, hardlink, opaque, symlink, type TarMember, tar, whiteout } from "../helpers/tar.ts";

const usrmerge = [directory("usr/bin"), file("usr/bin/sh", "sh"), symlink("bin", "usr/bin")];

/** What overlay file systems do, each line seen on a real engine. */
const cases: readonly (readonly [
  name: string,
  lower: readonly TarMember[],
  upper: readonly TarMember[],
  seen: string,
])[] = [
  ["a file of the lower layer stays", [file("a")], [file("b")], "a b"],
  ["a file hides the lower one", [file("a", "1")], [file("a", "22")], "a:2"],
  ["a whiteout hides the lower file", [file("d/a"), file("d/b")], [whiteout("d/a")], "d/ d/b"],
  ["a whiteout hides a directory whole", [file("d/a"), file("d/e/b")], [whiteout("d")], ""],
  ["a whiteout leaves names that begin alike", [file("d/a"), file("da")], [whiteout("d")], "da"],
  [
    "a link over which a layer has a directory is gone",
    usrmerge,
    [file("bin/foo")],
    "bin/ bin/foo usr/ usr/bin/ usr/bin/sh:2",
  ],
  [
    "so it is when only a whiteout is in it",
    usrmerge,
    [whiteout("bin/sh")],
    "bin/ usr/ usr/bin/ usr/bin/sh:2",
  ],
  ["a whiteout, then the same file: it is there", [file("a", "1")], [whiteout("a"), file("a", "22")], "a:2"],
  ["a file, then its whiteout: it is there", [file("a", "1")], [file("a", "22"), whiteout("a")], "a:2"],
  [
    "an opaque whiteout after its siblings hides the lower ones",
    [file("d/a")],
    [file("d/b"), opaque("d")],
    "d/ d/b",
  ],
  ["one at the root hides all", [file("a"), file("d/b")], [opaque(""), file("c")], "c"],
  [
    "a whiteout and a new directory: nothing lower is in it",
    [file("a/old")],
    [whiteout("a"), directory("a"), file("a/new")],
    "a/ a/new",
  ],
  ["a device 0:0 is a whiteout", [file("a")], [{ path: "a", type: "3", device: [0, 0] }], ""],
  ["a directory over a file", [file("a")], [directory("a")], "a/"],
  ["a file over a directory", [file("a/b")], [file("a")], "a"],
  ["a link over a directory", [file("a/b")], [symlink("a", "c")], "a@c"],
  ["a whiteout where nothing is makes its directory", [], [whiteout("x/y/z")], "x/ x/y/"],
  [
    "a directory over a directory keeps what is in it",
    [file("a/b")],
    [directory("a", { mode: 0o700 })],
    "a/ a/b",
  ],
  [
    "a whiteout of the whiteout's prefix is a name like any other",
    [file("which"), file(".who")],
    [whiteout(".who")],
    "which",
  ],
  ["names of objects are names", [file("__proto__/constructor")], [], "__proto__/ __proto__/constructor"],
];

test.each(cases)("%s", async (_, lower, upper, seen) => {
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

test("merges 100,000 entries and as many whiteouts well within seconds", () => {
  const entries = Array.from({ length: 100_000 }, (_, index) =>
    entry("file", `d${index % 300}/s${index % 7}/f${index}`),
  );
  const gone = entries.map(({ path }) => entry("whiteout", path));
  const start = performance.now();
  const { nodes } = mergeLayers([reading(entries), reading(gone), reading(entries.slice(0, 10))]);
  expect(nodes.size).toBeGreaterThan(2000);
  expect(performance.now() - start).toBeLessThan(3000);
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
