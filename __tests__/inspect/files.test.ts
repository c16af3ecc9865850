import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import { readingsOf } from "../../src/image/image.ts";
import { listFiles } from "../../src/inspect/files.ts";
import { inspect } from "../../src/inspect/inspect.ts";
import { readImage } from "../helpers/images.ts";
import { directory, file, hardlink, symlink } from "../helpers/tar.ts";

async function records(layers: Parameters<typeof readImage>[0]["layers"]) {
  const image = await readImage({ layers });
  return { image, files: [...listFiles(mergeLayers(readingsOf(image)), inspect(image).layers)] };
}

test("lists every path as one record, in byte order, with its layer", async () => {
  const { image, files } = await records([
    [directory("bin", { modified: 1_700_000_000 }), file("bin/su", "1234", { mode: 0o4755, uid: 1, gid: 2 })],
    [symlink("a", "../bin/su"), { path: "dev", type: "3", mode: 0o600, device: [1, 3] }],
  ]);
  expect(files).toEqual([
    {
      path: "/a",
      type: "symlink",
      mode: "0777",
      uid: 0,
      gid: 0,
      size: 0,
      linkTarget: "../bin/su",
      modified: "1970-01-01T00:00:00Z",
      links: 1,
      inode: expect.any(Number),
      layer: 1,
      diffId: image.config.diffIds[1],
      line: null,
    },
    {
      path: "/bin",
      type: "directory",
      mode: "0755",
      uid: 0,
      gid: 0,
      size: 0,
      linkTarget: null,
      modified: "2023-11-14T22:13:20Z",
      links: 1,
      inode: expect.any(Number),
      layer: 0,
      diffId: image.config.diffIds[0],
      line: null,
    },
    {
      path: "/bin/su",
      type: "file",
      mode: "4755",
      uid: 1,
      gid: 2,
      size: 4,
      linkTarget: null,
      modified: "1970-01-01T00:00:00Z",
      links: 1,
      inode: expect.any(Number),
      layer: 0,
      diffId: image.config.diffIds[0],
      line: null,
    },
    {
      path: "/dev",
      type: "character-device",
      mode: "0600",
      uid: 0,
      gid: 0,
      size: 0,
      linkTarget: null,
      device: [1, 3],
      modified: "1970-01-01T00:00:00Z",
      links: 1,
      inode: expect.any(Number),
      layer: 1,
      diffId: image.config.diffIds[1],
      line: null,
    },
  ]);
});

test("both names of a hard link are files with one inode", async () => {
  const { files } = await records([[file("a", "123"), hardlink("b", "a"), file("c", "123")]]);
  expect(files.map(({ path, type, size, links }) => ({ path, type, size, links }))).toEqual([
    { path: "/a", type: "file", size: 3, links: 2 },
    { path: "/b", type: "file", size: 3, links: 2 },
    { path: "/c", type: "file", size: 3, links: 1 },
  ]);
  expect(files[0]?.inode).toBe(files[1]?.inode);
  expect(files[0]?.inode).not.toBe(files[2]?.inode);
});

test("shows names and targets that are not UTF-8 as far as possible", async () => {
  const { files } = await records([
    [file(Buffer.from([0xe4])), { path: "l", type: "2", linkTarget: Buffer.from([0xe4]) }],
  ]);
  expect(files[0]).toMatchObject({ path: "/l", linkTarget: "\ufffd" });
  expect(files[1]).toMatchObject({
    path: "/\ufffd",
    pathBase64: Buffer.from([0x2f, 0xe4]).toString("base64"),
  });
});

test("a time outside the calendar is null", async () => {
  const { files } = await records([
    [file("a", "", { pax: { mtime: "99999999999999" } }), file("b", "", { pax: { mtime: "-1" } })],
  ]);
  expect(files.map(({ modified }) => modified)).toEqual([null, "1969-12-31T23:59:59Z"]);
});
