import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { comparing } from "../../src/compare/compare.ts";
import { nodeAt } from "../../src/image/filesystem/filesystem.ts";
import { nothingHidden } from "../../src/image/filesystem/hidden.ts";
import { merging } from "../../src/image/filesystem/merge.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { atOnce, stretch, type Work } from "../../src/image/work.ts";
import { candidatesIn } from "../../src/inspect/candidates.ts";
import { searching } from "../../src/inspect/searching.ts";
import { eachInTurn, inTurns } from "../../src/process/in-turns.ts";
import { mergeImages } from "../helpers/at-once.ts";
import { inspection } from "../helpers/inspection.ts";
import { fileEntry, madeUpReading } from "../helpers/reading.ts";

function* endless(): Work<never> {
  for (;;) yield;
}

test("a signal ends endless work, and is handled while it runs", async () => {
  const abort = new AbortController();
  const working = inTurns(endless(), abort.signal);
  await setImmediate();
  abort.abort();
  await expect(working).rejects.toMatchObject({ code: "cancelled" });
});

test("a signal ends an endless iteration as well", async () => {
  const abort = new AbortController();
  const items = eachInTurn(endless(), abort.signal);
  await items.next();
  abort.abort();
  await expect(items.next()).rejects.toMatchObject({ code: "cancelled" });
});

test("returns the work's result, and throws its error", async () => {
  function* work(fails: boolean): Work<number> {
    yield;
    if (fails) throw new RangeError("no");
    return 7;
  }
  expect(await inTurns(work(false), undefined)).toBe(7);
  await expect(inTurns(work(true), undefined)).rejects.toThrow(RangeError);
});

const count = 50_000;
const numbered = (entry: (index: number) => LayerEntry) =>
  Array.from({ length: count }, (_, index) => entry(index));
const link = (path: string, linkTarget: string): LayerEntry => ({
  ...fileEntry(path),
  type: "symlink",
  size: 0,
  linkTarget,
});

/** Entries that take long for each kind of work. */
const kinds: Readonly<Record<string, (salt: string) => readonly LayerEntry[]>> = {
  "files of many directories": (salt) => numbered((index) => fileEntry(`d${index % 3000}/${index}${salt}`)),
  "files of one directory": (salt) => numbered((index) => fileEntry(`d/${index}${salt}`)),
  links: (salt) => numbered((index) => link(`l${index}`, `l${index + 1}${salt}`)),
  "hard links": (salt) => [
    fileEntry(`a${salt}`),
    ...numbered(
      (index): LayerEntry => ({
        ...fileEntry(`d/${index}`),
        size: 0,
        type: "hardlink",
        linkTarget: `a${salt}`,
      }),
    ),
  ],
};

// Tests do not measure the time between two rests, but they count the rests.
test.each(Object.entries(kinds))("merging, searching and comparing take rests: %s", (_, entries) => {
  const images = ["", "x"].map((salt) => [madeUpReading(entries(salt))]);
  expect(restsOf(merging(images))).toBeGreaterThanOrEqual((2 * count) / stretch);
  const [head, base] = mergeImages(images);
  if (head === undefined || base === undefined) throw new Error("an image is missing");
  expect(restsOf(searching(head)) + restsOf(searching(base))).toBeGreaterThanOrEqual((2 * count) / stretch);
  const sides = {
    head: { inspection: inspection(), filesystem: head },
    base: { inspection: inspection(), filesystem: base },
  };
  expect(restsOf(comparing(sides.head, sides.base))).toBeGreaterThanOrEqual(count / stretch);
});

test("a directory is indexed by name with rests, and has all its names", () => {
  // Every third entry is a directory, so that the files are in many runs.
  const entry = (index: number) => fileEntry(index % 3 === 0 ? `d/${index}/x` : `d/${index}`);
  const [filesystem] = mergeImages([[madeUpReading(numbered(entry))]]);
  const { children } = filesystem?.children.get("d") ?? {};
  if (!children?.opening) throw new Error("the directory is missing");
  const before = children.opening();
  before.next();
  expect(
    numbered((index) => fileEntry(`${index}`)).every(({ path }) => children.get(path) !== undefined),
  ).toBe(true);
  const [other] = mergeImages([[madeUpReading(numbered((index) => fileEntry(`d/${index}`)))]]);
  const work = other?.children.get("d")?.children?.opening?.();
  expect(work === undefined ? 0 : restsOf(work)).toBeGreaterThanOrEqual(Math.floor(count / stretch));
  expect(nodeAt(other ?? { hidden: nothingHidden, children: new Map() }, `d/${count - 1}`)).not.toBeNull();
  const names = new Set<string>();
  children.forEach(({ path }) => {
    names.add(path);
  });
  expect(names.size).toBe(count);
});

test("results are in byte order, however many they are", () => {
  const paths = Array.from({ length: 150_000 }, (_, index) => `d${index % 7}/${(index * 7919) % 150_000}`);
  const [filesystem] = mergeImages([[madeUpReading(paths.map((path) => link(path, "x")))]]);
  if (filesystem === undefined) throw new Error("the image is missing");
  expect(candidatesIn(filesystem).links.map(({ path }) => path)).toEqual(paths.toSorted());
});

test("a deep path counts as the work of a hundred others", () => {
  const deep = Array.from({ length: 1000 }, (_, index) =>
    fileEntry(`${index % 2}/${"d/".repeat(900)}${index}`),
  );
  expect(restsOf(merging([[madeUpReading(deep)]]))).toBeGreaterThan(5);
});

test("refuses an image with more shells than a report can list", () => {
  const shell = (path: string): LayerEntry => ({
    ...fileEntry(path),
    mode: 0o755,
    content: { format: "elf" },
  });
  const many = Array.from({ length: 60_000 }, (_, index) => shell(`d${index % 300}/${index}/sh`));
  const links = Array.from({ length: 60_000 }, (_, index) => link(`l${index}`, "d0/0/sh"));
  const search = (entries: readonly LayerEntry[]) => {
    const [filesystem] = mergeImages([[madeUpReading(entries)]]);
    if (filesystem !== undefined) atOnce(searching(filesystem));
  };
  search(many);
  expect(() => search([...many, ...links])).toThrow(expect.objectContaining({ code: "limit-exceeded" }));
});

function restsOf(work: Work<unknown>): number {
  let rests = 0;
  while (!work.next().done) rests++;
  return rests;
}
