import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, bytesUnder } from "../../../src/image/filesystem/file-sizes.ts";
import { type Filesystem, inByteOrder, nodeAt } from "../../../src/image/filesystem/filesystem.ts";
import { firstNames } from "../../../src/image/filesystem/linked-files.ts";
import { mergeLayers } from "../../../src/image/filesystem/merge.ts";
import type { FilesystemNode } from "../../../src/image/filesystem/node.ts";
import { nodesOfKinds } from "../../../src/image/filesystem/per-directory.ts";
import type { LayerReading } from "../../../src/image/layer/reading.ts";
import { limits } from "../../../src/image/limits.ts";
import { fileChanges, mergeImages } from "../../helpers/at-once.ts";
import { anyLayers, anyPicks, imagesOf, readMembers } from "../../helpers/layers.ts";
import { overlayModel } from "../../helpers/overlay-model.ts";
import { fileEntry, madeUpReading } from "../../helpers/reading.ts";
import { file, hardlink, symlink } from "../../helpers/tar.ts";

test("two images share equal directories, and a change affects only the changed image", async () => {
  const lower = await readMembers([file("usr/lib/a", "1"), file("etc/x/y", "1"), file("etc/z", "1")]);
  const upper = await readMembers([file("etc/z", "22"), file("srv/new", "1")]);
  const [base, head] = mergeImages([[lower], [lower, upper]]);
  if (base === undefined || head === undefined) throw new Error("an image is missing");
  const children = (filesystem: Filesystem, path: string) => nodeAt(filesystem, path)?.children;
  expect(children(head, "usr")).toBe(children(base, "usr"));
  expect(children(head, "etc/x")).toBe(children(base, "etc/x"));
  expect(children(head, "etc")).not.toBe(children(base, "etc"));
  expect(listing(base)).toEqual(listing(mergeLayers([lower])));
});

test("merges an image without layers, and the same image twice", () => {
  expect(mergeImages([[], []]).map(listing)).toEqual([[], []]);
  expect(mergeImages([])).toEqual([]);
});

test("merging layers gives the same as a scan of every path for every entry", async () => {
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      const images = await imagesOf(layers, picks);
      const seen = mergeImages(images).map((filesystem) =>
        listing(filesystem).map(({ inode: _inode, ...path }) => path),
      );
      expect(seen).toEqual(images.map(overlayModel));
    }),
    { numRuns: 400 },
  );
});

test("images that are merged together are the same as when merged separately", async () => {
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      const images = await imagesOf(layers, picks);
      expect(mergeImages(images).map(listing)).toEqual(images.map((image) => listing(mergeLayers(image))));
    }),
    { numRuns: 400 },
  );
});

test("cached searches and sums of shared directories are correct for each image", async () => {
  const search = nodesOfKinds({ large: ({ size }) => size > 4, odd: ({ size }) => size % 2 === 1 });
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      for (const filesystem of mergeImages(await imagesOf(layers, picks))) {
        const nodes = [...inByteOrder(filesystem)];
        expect(search(filesystem)).toEqual({
          large: nodes.filter(({ size }) => size > 4),
          odd: nodes.filter(({ size }) => size % 2 === 1),
        });
        const files = filesOnce(nodes);
        expect(bytesOf(filesystem)).toBe(sum(files));
        expect([...firstNames(filesystem).values()]).toEqual(files.filter(({ inode }) => inode !== null));
        const under = files.filter(({ path }) => path.startsWith("a/"));
        expect(bytesUnder(filesystem, "a")).toBe(nodeAt(filesystem, "a")?.children ? sum(under) : null);
      }
    }),
    { numRuns: 400 },
  );
});

test("file changes are the same as those between two complete lists", async () => {
  await fc.assert(
    fc.asyncProperty(anyLayers, anyPicks, async (layers, picks) => {
      const [head, base] = mergeImages(await imagesOf(layers, picks));
      if (head === undefined || base === undefined) throw new Error("an image is missing");
      const [now, before] = [countedFiles(head, base), countedFiles(base, head)];
      const expected = [...new Set([...(now?.keys() ?? []), ...(before?.keys() ?? [])])]
        .map((path) => {
          const sizes = { head: now?.get(path)?.size ?? null, base: before?.get(path)?.size ?? null };
          const difference = (sizes.head ?? 0) - (sizes.base ?? 0);
          const layers = {
            layer: now?.get(path)?.layer ?? null,
            baseLayer: before?.get(path)?.layer ?? null,
          };
          return { path, ...sizes, difference, ...layers };
        })
        .filter(({ head, base }) => head !== base);
      const byPath = (a: { path: string }, b: { path: string }) => (a.path < b.path ? -1 : 1);
      expect(fileChanges(head, base).toSorted(byPath)).toEqual(expected.toSorted(byPath));
    }),
    { numRuns: 400 },
  );
});

/**
 * Returns each file under its first name that is also a file on the other side, or else under its first name.
 */
function countedFiles(filesystem: Filesystem, other: Filesystem): ReadonlyMap<string, FilesystemNode> {
  const files = [...inByteOrder(filesystem)].filter(({ attributes }) => attributes.type === "file");
  const counted = [...Map.groupBy(files, (node) => node.inode ?? node).values()].map(
    (names) => names.find(({ path }) => nodeAt(other, path)?.attributes.type === "file") ?? names[0],
  );
  return new Map(counted.map((node) => [node?.path ?? "", node as FilesystemNode]));
}

test("merges, lists, sums up and compares a tree of the maximum depth", () => {
  const path = Array.from({ length: limits.depth - 1 }, () => "d").join("/");
  const [head, base] = mergeImages([[deep(`${path}/head`)], [deep(`${path}/base`)]]);
  if (head === undefined || base === undefined) throw new Error("an image is missing");
  expect([...inByteOrder(head)]).toHaveLength(limits.depth);
  expect(bytesOf(head)).toBe(5);
  expect(fileChanges(head, base)).toHaveLength(2);
});

function deep(path: string): LayerReading {
  return madeUpReading([fileEntry(path)]);
}

test("reports a symbolic link with two names that becomes a file as a change", async () => {
  const before = await readMembers([symlink("c", "/x"), hardlink("a", "c")]);
  const [head, base] = mergeImages([[await readMembers([file("a", "12")])], [before]]);
  if (head === undefined || base === undefined) throw new Error("an image is missing");
  expect(fileChanges(head, base)).toEqual([
    { path: "a", head: 2, base: null, difference: 2, layer: 0, baseLayer: null },
  ]);
});

function listing(filesystem: Filesystem) {
  return Array.from(inByteOrder(filesystem), ({ path, attributes, size, crc32, modified, layer, inode }) => {
    return { path, attributes, size, crc32, modified, layer, inode };
  });
}

/** Returns the regular files, each under its first name. @param nodes in byte order */
function filesOnce(nodes: readonly FilesystemNode[]): readonly FilesystemNode[] {
  const seen = new Set<object>();
  return nodes.filter(({ attributes, inode }) => {
    if (attributes.type !== "file" || (inode !== null && seen.has(inode))) return false;
    if (inode !== null) seen.add(inode);
    return true;
  });
}

function sum(nodes: readonly FilesystemNode[]): number {
  return nodes.reduce((bytes, { size }) => bytes + size, 0);
}
