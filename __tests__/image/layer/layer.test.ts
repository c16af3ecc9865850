import { Buffer } from "node:buffer";
import { setImmediate } from "node:timers/promises";
import { crc32, gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import type { Examine } from "../../../src/image/layer/content.ts";
import { EntryTable } from "../../../src/image/layer/entry-table.ts";
import { readLayer } from "../../../src/image/layer/layer.ts";
import { stretch } from "../../../src/image/work.ts";
import { digestOf } from "../../helpers/layout.ts";
import { chunksOf } from "../../helpers/list-tar.ts";
import {
  directory,
  file,
  hardlink,
  opaque,
  symlink,
  type TarMember,
  tar,
  whiteout,
} from "../../helpers/tar.ts";

test("returns digests, sizes and entries in one pass", async () => {
  const bytes = tar([
    directory("bin", { modified: 5 }),
    file("bin/sh", "#!", { mode: 0o4755, uid: 1, gid: 2 }),
    symlink("sh", "bin/sh"),
    hardlink("bin/ash", "/bin/sh"),
    { path: "dev/null", type: "3", device: [1, 3], mode: 0o666 },
  ]);
  const packed = gzipSync(bytes);
  const { reading, blob } = await read(packed);
  expect(blob).toEqual({ digest: digestOf(packed), size: packed.length });
  expect(reading).toEqual({
    diffId: digestOf(bytes),
    size: 2,
    tarSize: bytes.length,
    tarParts: { content: 2, headers: 5 * 512, padding: 510 + 1024 },
    anomalies: [],
    entries: EntryTable.of([
      { path: "bin", type: "directory", mode: 0o755, uid: 0, gid: 0, size: 0, crc32: 0, modified: 5 },
      {
        path: "bin/sh",
        type: "file",
        mode: 0o4755,
        uid: 1,
        gid: 2,
        size: 2,
        crc32: crc32("#!"),
        modified: 0,
      },
      {
        path: "sh",
        type: "symlink",
        mode: 0o777,
        uid: 0,
        gid: 0,
        size: 0,
        crc32: 0,
        modified: 0,
        linkTarget: "bin/sh",
      },
      {
        path: "bin/ash",
        type: "hardlink",
        mode: 0o644,
        uid: 0,
        gid: 0,
        size: 0,
        crc32: 0,
        modified: 0,
        linkTarget: "bin/sh",
      },
      {
        path: "dev/null",
        type: "character-device",
        mode: 0o666,
        uid: 0,
        gid: 0,
        size: 0,
        crc32: 0,
        modified: 0,
        device: [1, 3],
      },
    ]),
  });
});

test.each([7, 512, 100_000])(
  "computes the CRC-32 of each file from chunks of %d bytes",
  async (chunkSize) => {
    const long = "a long text ".repeat(1000);
    const map = { "GNU.sparse.map": "2,3", "GNU.sparse.numblocks": "1", "GNU.sparse.size": "9" };
    const bytes = tar([
      file("empty"),
      file("long", long),
      file("sparse", "abc", { pax: map }),
      whiteout("gone"),
      { ...file("d/.wh.gone", "ignored"), path: "d/.wh.gone" },
    ]);
    const { reading } = await read(bytes, chunkSize);
    const checksums = [...reading.entries].map(({ crc32 }) => crc32);
    expect(checksums).toEqual([0, crc32(long), crc32("\0\0abc\0\0\0\0"), 0, 0]);
    const { content, headers, padding } = reading.tarParts;
    expect({ content, size: reading.size }).toEqual({ content: 12_003, size: 12_009 });
    expect(content + headers + padding).toBe(bytes.length);
  },
);

test.each([
  ["uncompressed", (bytes: Buffer) => bytes],
  ["gzip", (bytes: Buffer) => gzipSync(bytes)],
  ["gzip with zeros after it", (bytes: Buffer) => Buffer.concat([gzipSync(bytes), Buffer.alloc(200_000)])],
  ["zstd", (bytes: Buffer) => zstdCompressSync(bytes)],
  [
    "zstd of two frames",
    (bytes: Buffer) =>
      Buffer.concat([bytes.subarray(0, 9), bytes.subarray(9)].map((part) => zstdCompressSync(part))),
  ],
])(
  "hashes a blob and its tar to their last bytes: %s, with more after the end of the archive",
  async (_, pack) => {
    const bytes = Buffer.concat([tar([file("a", "text")]), Buffer.alloc(30_000, "after the end")]);
    const packed = pack(bytes);
    const { reading, blob } = await read(packed, 1000);
    expect(reading).toMatchObject({ diffId: digestOf(bytes), tarSize: bytes.length });
    expect(blob).toEqual({ digest: digestOf(packed), size: packed.length });
  },
);

test.each<readonly [written: string, read: string, anomalies: number]>([
  ["./a", "a", 0],
  ["/a", "a", 0],
  ["a/", "a", 0],
  ["a//b/./c", "a/b/c", 0],
  ["a/../b", "b", 0],
  ["../../evil", "evil", 1],
  ["a/../../z", "z", 1],
  ["...", "...", 0],
  ["__proto__", "__proto__", 0],
])("reads the path %s as %s", async (written, path, anomalies) => {
  const { reading } = await read(tar([file(written)]));
  expect([...reading.entries].map((entry) => entry.path)).toEqual([path]);
  expect(reading.anomalies).toHaveLength(anomalies);
});

test("recognises whiteouts only by their base name, whatever their type", async () => {
  const { reading } = await read(
    tar([
      whiteout("a/gone"),
      opaque("b"),
      opaque(""),
      directory("c/.wh.gone"),
      { path: "d", type: "3", device: [0, 0] },
      file(".wh..wh.plnk"),
      file("usr/bin/which"),
    ]),
  );
  expect([...reading.entries].map(({ type, path }) => `${type} ${path}`)).toEqual([
    "whiteout a/gone",
    "opaque-whiteout b",
    "opaque-whiteout ",
    "whiteout c/gone",
    "whiteout d",
    "file usr/bin/which",
  ]);
});

test("puts a member where links of its own layer lead, like runtimes", async () => {
  const members = [
    symlink("lib", "usr/lib"),
    symlink("usr/lib", "/opt/./l"),
    file("lib/x", "x"),
    hardlink("y", "lib/x"),
  ];
  const { reading } = await read(tar(members));
  expect([...reading.entries].slice(2)).toMatchObject([
    { path: "opt/l/x" },
    { path: "y", linkTarget: "opt/l/x" },
  ]);
});

const anomalous: readonly (readonly [
  name: string,
  members: readonly TarMember[],
  kinds: readonly string[],
])[] = [
  ["a path that occurs twice", [file("a", "1"), file("a", "22")], ["duplicate-path"]],
  [
    "a whiteout beside a directory of that name",
    [whiteout("a"), directory("a"), file("a/new")],
    ["whiteout-with-replacement"],
  ],
  ["a whiteout after a file of that name", [file("a"), whiteout("a")], ["whiteout-with-replacement"]],
  ["an unknown record", [file("a", "", { pax: { filename: "b" } })], ["unknown-pax-record"]],
  ["nothing: a whiteout before a file of that name", [whiteout("a"), file("a")], []],
  ["nothing: a vendor's record", [file("a", "", { pax: { "LIBARCHIVE.creationtime": "1" } })], []],
];

test.each(anomalous)("notes %s", async (_, members, kinds) => {
  const { reading } = await read(tar(members));
  expect(reading.anomalies.map(({ kind }) => kind)).toEqual(kinds);
});

test.each<readonly [name: string, members: readonly TarMember[], code: string]>([
  ["a bare whiteout", [file("a/.wh.")], "archive-invalid"],
  ["a whiteout of the parent", [file("a/.wh...")], "archive-invalid"],
  ["type 7", [{ path: "a", type: "7" }], "archive-invalid"],
  ["type Z", [{ path: "a", type: "Z" }], "archive-invalid"],
  ["a hard link to a lower layer", [hardlink("a", "b")], "archive-invalid"],
  ["a hard link to itself", [file("a"), hardlink("a", "a")], "archive-invalid"],
  ["a hard link to a directory", [directory("a"), hardlink("b", "a")], "archive-invalid"],
  ["a file under a file", [file("a"), file("a/b")], "archive-invalid"],
  ["a file as the root", [file("./")], "archive-invalid"],
  ["a name of 256 bytes", [file("x".repeat(256))], "limit-exceeded"],
  ["a path of 4100 bytes", [file("x/".repeat(2050))], "limit-exceeded"],
  ["a link target of 4096 bytes", [symlink("a", "x".repeat(4096))], "limit-exceeded"],
  ["a hard link target of 4096 bytes", [hardlink("a", "/".repeat(4096))], "limit-exceeded"],
  [
    "a path that links lead deeper than Linux allows",
    [symlink("a", "d/".repeat(900)), symlink(`${"d/".repeat(900)}b`, "d/".repeat(900)), file("a/b/c")],
    "limit-exceeded",
  ],
  [
    "a path that links make longer than Linux allows",
    [
      symlink("a", `${"long".repeat(60)}/`.repeat(16)),
      symlink("a/b", `${"long".repeat(60)}/`.repeat(16)),
      file("a/b/c"),
    ],
    "limit-exceeded",
  ],
  [
    "files under a link that the layer also deletes",
    [file("usr/lib/sh", "a shell"), symlink("lib", "usr/lib"), whiteout("lib"), file("lib/sh", "none")],
    "archive-invalid",
  ],
  [
    "files under a link in a directory that the layer also deletes",
    [file("usr/lib/sh", "a shell"), symlink("d/lib", "../usr/lib"), whiteout("d"), hardlink("a", "d/lib/sh")],
    "archive-invalid",
  ],
  ["links in a cycle", [symlink("a", "b"), symlink("b", "a"), file("a/x")], "limit-exceeded"],
  ["a Windows file", [file("a", "", { pax: { "MSWINDOWS.fileattr": "32" } })], "layer-unsupported"],
  ["a Windows layer", [directory("Files"), directory("Hives")], "layer-unsupported"],
])("refuses %s", async (_, members, code) => {
  await expect(read(tar(members))).rejects.toMatchObject({ code });
});

// The kernel uses these records. Some hide files, and some show other ones.
test.each([
  "SCHILY.xattr.trusted.overlay.redirect",
  "SCHILY.xattr.trusted.overlay.opaque",
  "SCHILY.xattr.trusted.overlay.metacopy",
  "SCHILY.xattr.trusted.overlay.overlay.opaque",
  "SCHILY.xattr.user.overlay.whiteout",
  "SCHILY.xattr.user.overlay.redirect",
  "SCHILY.xattr.user.fuseoverlayfs.opaque",
  "LIBARCHIVE.xattr.trusted.overlay.redirect",
  "LIBARCHIVE.xattr.trusted%2Eoverlay%2eredirect",
  "LIBARCHIVE.xattr.%74rusted.overlay.redirect",
])("refuses a layer with the record %s on any member", async (key) => {
  const pax = { [key]: "/tools" };
  for (const member of [
    directory("bin", { pax }),
    file("bin/a", "x", { pax }),
    symlink("l", "bin", { pax }),
    { ...whiteout("gone"), pax },
    { ...opaque("bin"), pax },
    directory("./", { pax }),
  ]) {
    const failure = { code: "layer-unsupported", message: expect.stringContaining("overlay") };
    await expect(read(tar([file("first"), member]))).rejects.toMatchObject(failure);
  }
});

test.each([
  "SCHILY.xattr.security.capability",
  "SCHILY.xattr.user.overlayed",
  "SCHILY.xattr.user.my.overlay.note",
  "LIBARCHIVE.xattr.user.xdg%2Eorigin",
])("accepts a layer with the record %s", async (key) => {
  const { reading } = await read(tar([file("a", "x", { pax: { [key]: "1" } })]));
  expect(reading.anomalies).toEqual([]);
});

test("accepts a member through a link that the layer deletes first and creates again", async () => {
  const { reading } = await read(tar([whiteout("lib"), symlink("lib", "usr/lib"), file("lib/sh", "x")]));
  expect([...reading.entries].map(({ path }) => path)).toEqual(["lib", "lib", "usr/lib/sh"]);
});

test("notes a member with thousands of unknown records only once", async () => {
  const pax = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`odd${index}`, "1"]));
  const { reading } = await read(tar([file("a", "", { pax })]));
  expect(reading.anomalies).toEqual([{ kind: "unknown-pax-record", path: "a" }]);
});

// Without a limit, both tests would exceed their timeouts, and the second would exhaust memory.
test("refuses members through an excessive number of links", async () => {
  const through = `${"d/".repeat(600)}${"../".repeat(600)}`;
  const links = Array.from({ length: 39 }, (_, index) => symlink(`l${index + 1}`, `${through}l${index}`));
  const members = Array.from({ length: 20_000 }, (_, index) => file(`l39/${index % 2}/${index}`));
  const bytes = tar([directory("l0"), ...links, ...members]);
  await expect(read(bytes)).rejects.toMatchObject({ code: "limit-exceeded" });
});

test("refuses more unlisted directories than any legitimate layer has", { timeout: 60_000 }, async () => {
  const members = Array.from({ length: 1200 }, (_, index) => file(`${index}/${"d/".repeat(900)}f`));
  await expect(read(tar(members), 65_536)).rejects.toMatchObject({ code: "limit-exceeded" });
});

test("passes a file's bytes to the probe while streaming, and keeps its result", async () => {
  const seen: string[] = [];
  const examine: Examine = ({ path, size }) => {
    if (path !== "bin/sh") return undefined;
    return {
      update: (chunk) => seen.push(Buffer.from(chunk).toString()),
      finish: () => ({ format: "script", interpreter: `${size}` }),
    };
  };
  const bytes = tar([file("etc/x", "not looked at"), file("bin/sh", "#!/bin/dash")]);
  const { reading } = await readLayer(chunksOf(gzipSync(bytes), 50), { examine });
  expect(seen.join("")).toBe("#!/bin/dash");
  expect([...reading.entries].map(({ content }) => content)).toEqual([
    undefined,
    { format: "script", interpreter: "11" },
  ]);
});

test("never accepts a truncated layer", async () => {
  const bytes = tar([file("a", "x".repeat(700)), file("b", "y")]);
  for (const whole of [bytes, gzipSync(bytes), zstdCompressSync(bytes)]) {
    const { reading, blob } = await read(whole);
    for (let cut = 0; cut < whole.length; cut++) {
      const got = await read(whole.subarray(0, cut)).catch((error: unknown) => error);
      if (got instanceof Error) expect(got.name).toBe("Failure");
      else
        expect([reading.diffId, blob.digest]).not.toContain(
          (got as typeof blob & { reading: typeof reading }).reading.diffId,
        );
    }
  }
});

function read(bytes: Uint8Array, chunkSize = 4096) {
  return readLayer(chunksOf(bytes, chunkSize));
}

test("yields to other work while it looks up the deletions of a layer", async () => {
  const deletions = Array.from({ length: 3 * stretch }, (_, index) => whiteout(`d/f${index}`));
  const reading = read(tar(deletions));
  let turns = 0;
  const isDone = reading.then(() => true);
  while (!(await Promise.race([isDone, setImmediate(false)]))) turns++;
  expect(turns).toBeGreaterThan(2);
});
