import { expect, test } from "vitest";
import { inspect } from "../../src/inspect/inspect.ts";
import { readImage } from "../helpers/images.ts";
import { file, paxHeader, symlink, type TarMember, tar, whiteout } from "../helpers/tar.ts";

const long = "x/".repeat(2000);
const links = (count: number) =>
  Array.from({ length: count }, (_, index) => symlink(`l${index}`, `${long}${index}`));
const files = (count: number, size: number) =>
  Array.from({ length: count }, (_, index) => file(`d${index % 10}/f${index}`, "x".repeat(size)));

test.each<readonly [name: string, layers: readonly (readonly TarMember[] | Buffer)[], note: RegExp]>([
  [
    "link targets",
    [[file("app", "x")], links(1100)],
    /^Layer 2 holds 5\.\d MB of names, link targets, attributes and archive padding, besides 0\.0 MB of files' content\. /,
  ],
  [
    "a little in each of many layers",
    [links(400), links(401), links(402), [file("a", "x")], files(3, 400_000)],
    /^Layers 1, 2, 3 hold 6\.\d MB /,
  ],
  [
    "beside the same amount of content",
    [[file("app", "x".repeat(9_000_000)), ...links(1100)]],
    /^Layer 1 holds 5\.\d MB of .* besides 9\.0 MB /,
  ],
  [
    "the content of a whiteout",
    [[{ ...whiteout("a"), content: "x".repeat(6_000_000) }]],
    /^Layer 1 holds 6\.0 MB of .* besides 0\.0 MB /,
  ],
  [
    "bytes after the end of the archive",
    [Buffer.concat([tar([file("a")]), Buffer.alloc(6_000_000, 1)])],
    /^Layer 1 holds 6\.0 MB /,
  ],
  [
    "headers that engines skip",
    [
      Buffer.concat([
        ...Array.from({ length: 7 }, () => paxHeader({ comment: "x".repeat(1_000_000) }, "g")),
        tar([]),
      ]),
    ],
    /^Layer 1 holds 7\.0 MB /,
  ],
])("notes how many bytes no size counts: %s", async (_, layers, note) => {
  const { notes, size } = inspect(await readImage({ layers }));
  expect(notes).toEqual([expect.stringMatching(note)]);
  expect(size).toBeLessThan(9_000_100);
});

test.each<readonly [name: string, layers: readonly (readonly TarMember[])[]]>([
  [
    "files of ordinary size, some with PAX headers",
    [files(4000, 3000).map((one, index) => (index % 2 ? one : { ...one, pax: { mtime: "1.5" } }))],
  ],
  ["a few hundred links", [Array.from({ length: 400 }, (_, index) => symlink(`bin/l${index}`, "busybox"))]],
])("does not note %s", async (_, layers) => {
  expect(inspect(await readImage({ layers })).notes).toEqual([]);
});
