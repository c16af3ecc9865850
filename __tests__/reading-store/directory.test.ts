import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmod,
  copyFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { expect, onTestFinished, test } from "vitest";
import type { OpenFile } from "../../src/image/layout/documents.ts";
import { readLayout } from "../../src/image/layout/layout.ts";
import { layeredStore } from "../../src/image/readings/layered-store.ts";
import { readerVersion } from "../../src/image/readings/reader-version.ts";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { blobPath } from "../../src/oci/digest.ts";
import { type ReadingDirectoryOptions, readingDirectory } from "../../src/reading-store/directory.ts";
import { layoutFiles, testImage } from "../helpers/layout.ts";
import { storedReading } from "../helpers/reading.ts";
import { file } from "../helpers/tar.ts";

const version = readerVersion("");
const app = storedReading("app");
const other = storedReading("other");

test("a later run finds a kept reading by blob and by diff ID", async () => {
  const { path, remarks, store } = await temporary();
  expect(store.find({ digest: app.blob.digest })).toBeUndefined();
  keep(store, app);
  expect(store.find({ digest: app.blob.digest })).toStrictEqual(app.reading);

  const next = readingDirectory(path, { version });
  expect(next.sizeOf(app.blob.digest)).toBe(app.blob.size);
  expect(next.find({ digest: app.blob.digest })).toStrictEqual(app.reading);
  expect(next.find({ diffId: app.reading.diffId })).toStrictEqual(app.reading);
  expect(next.find({ digest: other.blob.digest })).toBeUndefined();
  expect(next.sizeOf(other.blob.digest)).toBeUndefined();
  expect(remarks).toEqual([]);
});

test("reads an image without its layers if an earlier run has read them", async () => {
  const { path } = await temporary();
  const image = testImage({ layers: [[file("usr/bin/app", "one", { mode: 0o755 })], [file("two")]] });
  const readIn = (openFile: OpenFile) => {
    const { store, remarks } = open(path);
    expect(remarks).toEqual([]);
    return readLayout(openFile, { store: layeredStore(readingsOfThisRun(), store), examine: examineContent });
  };
  const blobs = layoutFiles([image]);
  const first = await readIn(async (name) => Readable.from([blobs.get(name)]));
  for (const { digest } of image.layers) blobs.delete(blobPath(digest));
  const opened: string[] = [];
  const second = await readIn(async (name) => {
    opened.push(name);
    return Readable.from([blobs.get(name)]);
  });
  expect(second).toStrictEqual(first);
  expect(opened.filter((name) => !blobs.has(name))).toEqual([]);
});

test("finds a layer with two blobs by either", async () => {
  const { path, store } = await temporary();
  const zstd = { digest: other.blob.digest, size: 77 };
  keep(store, app);
  store.keep(app.reading, zstd);
  const next = readingDirectory(path, { version });
  expect(next.find(zstd)).toStrictEqual(app.reading);
  expect([next.sizeOf(app.blob.digest), next.sizeOf(zstd.digest)]).toEqual([app.blob.size, 77]);
});

test("only this user may read the files", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  expect((await stat(await onlyFile(path))).mode & 0o777).toBe(0o600);
});

test("another version of the reader neither finds nor replaces a reading", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const changed = readingDirectory(path, { version: readerVersion("other markers") });
  expect(changed.find({ digest: app.blob.digest })).toBeUndefined();
  keep(changed, app);
  expect(await readdir(path)).toHaveLength(2);
  expect(readingDirectory(path, { version }).find(app.blob)).toStrictEqual(app.reading);
});

test("ignores damaged, truncated and empty files, and replaces them when the layer is read again", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const name = await onlyFile(path);
  const whole = await readFile(name);
  const flipped = Buffer.from(whole);
  flipped[40] = (flipped[40] ?? 0) ^ 1;
  for (const damaged of [flipped, whole.subarray(0, 50), Buffer.alloc(0)]) {
    await writeFile(name, damaged);
    const { store, remarks } = open(path);
    expect(store.sizeOf(app.blob.digest)).toBeUndefined();
    expect(store.find({ digest: app.blob.digest })).toBeUndefined();
    keep(store, app);
    expect(await readFile(name)).toEqual(whole);
    expect(store.find({ digest: app.blob.digest })).toStrictEqual(app.reading);
    expect(remarks).toEqual([]);
  }
});

test("refuses a reading under the name of another layer", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const appFile = await onlyFile(path);
  keep(store, other);
  const otherFile = (await files(path)).find((name) => name !== appFile) ?? "";
  await copyFile(otherFile, appFile);
  const next = readingDirectory(path, { version });
  expect(next.find({ digest: app.blob.digest, diffId: app.reading.diffId })).toBeUndefined();
  expect(next.find({ digest: other.blob.digest })).toStrictEqual(other.reading);
});

test("removes only the least recently used readings", async () => {
  const kept = ["a", "b", "c", "d"].map((name) => storedReading(name));
  const [a, b, c, d] = kept as [typeof app, typeof app, typeof app, typeof app];
  const { path, store } = await temporary();
  for (const stored of [a, b, c]) keep(store, stored);
  const names = await files(path);
  for (const name of names) await utimes(name, 1000, 1000);
  const sizes = await Promise.all(names.map(async (name) => (await stat(name)).size));
  const foreign = join(path, "notes.txt");
  await writeFile(foreign, "x".repeat(10_000));

  // Use one, so that the oldest is not the first in any order.
  const next = readingDirectory(path, { version, maximumBytes: sizes.reduce((sum, size) => sum + size, 2) });
  expect(next.find(a.blob)).toBeDefined();
  expect(next.find(c.blob)).toBeDefined();
  keep(next, d);

  const last = readingDirectory(path, { version });
  expect([a, b, c, d].map(({ blob }) => last.find(blob) !== undefined)).toEqual([true, false, true, true]);
  expect(await readFile(foreign, "utf8")).toHaveLength(10_000);
});

test("does not keep a reading above the limit, and removes nothing for it", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const { size } = await stat(await onlyFile(path));
  const small = readingDirectory(path, { version, maximumBytes: size + 10 });
  keep(small, storedReading("large", 1000));
  expect(small.find(app.blob)).toStrictEqual(app.reading);
  expect(await readdir(path)).toHaveLength(1);
});

test("a read-only store does not change the directory", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const name = await onlyFile(path);
  await utimes(name, 1000, 1000);
  const { store: readOnly, remarks } = open(path, { readOnly: true, maximumBytes: 1 });
  expect(readOnly.find(app.blob)).toStrictEqual(app.reading);
  keep(readOnly, other);
  expect(await files(path)).toEqual([name]);
  expect((await stat(name)).mtimeMs).toBe(1_000_000);

  const missing = open(join(path, "missing"), { readOnly: true });
  expect(missing.store.find(app.blob)).toBeUndefined();
  keep(missing.store, app);
  expect(await files(path)).toEqual([name]);
  expect([...remarks, ...missing.remarks]).toEqual([]);
});

test("an error ends the use of the directory with one remark, but not the run", async () => {
  const { path } = await temporary();
  await writeFile(path, "a file");
  const { store, remarks } = open(join(path, "below"));
  keep(store, app);
  keep(store, app);
  expect(store.find(app.blob)).toBeUndefined();
  expect(store.sizeOf(app.blob.digest)).toBeUndefined();
  expect(remarks).toEqual([expect.stringContaining(`${path}/below are not used: `)]);
});

test.skipIf(process.getuid?.() === 0)(
  "reads from a directory without write permission, until it must write",
  async () => {
    const { path, store } = await temporary();
    keep(store, app);
    await chmod(path, 0o500);
    onTestFinished(() => chmod(path, 0o700));
    const { store: next, remarks } = open(path);
    expect(next.find(app.blob)).toStrictEqual(app.reading);
    expect(remarks).toEqual([]);
    keep(next, other);
    expect(remarks).toEqual([expect.stringContaining("EACCES")]);
  },
);

test("leaves no partial file if a name cannot be written", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const name = await onlyFile(path);
  await rm(name);
  await mkdir(join(name, "in the way"), { recursive: true });
  const { store: next, remarks } = open(path);
  keep(next, app);
  expect(remarks).toHaveLength(1);
  expect(await files(path)).toEqual([name]);
});

test("does not use a directory that others can write", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  for (const mode of [0o720, 0o702, 0o777]) {
    await chmod(path, mode);
    const { store: next, remarks } = open(path);
    expect(next.find(app.blob)).toBeUndefined();
    keep(next, other);
    expect(remarks).toEqual([expect.stringContaining("another user owns it or can write to it")]);
  }
  expect(await readdir(path)).toHaveLength(1);
});

test("does not read a file that others can write", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  await chmod(await onlyFile(path), 0o606);
  expect(readingDirectory(path, { version }).find(app.blob)).toBeUndefined();
});

test("follows no link to a directory or a file, or in place of one", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const link = `${path}-link`;
  await symlink(path, link);
  const linked = open(link);
  expect(linked.store.find(app.blob)).toBeUndefined();
  keep(linked.store, other);
  expect(linked.remarks).toEqual([expect.stringContaining("it is not a directory")]);
  expect(await readdir(path)).toHaveLength(1);

  const name = await onlyFile(path);
  const elsewhere = `${path}-elsewhere`;
  await rename(name, elsewhere);
  const before = await readFile(elsewhere);
  await symlink(elsewhere, name);
  expect(readingDirectory(path, { version }).find(app.blob)).toBeUndefined();
  await writeFile(elsewhere, "theirs");
  const next = readingDirectory(path, { version, maximumBytes: 2 * before.length });
  keep(next, app);
  expect(await readFile(elsewhere, "utf8")).toBe("theirs");
  expect(next.find(app.blob)).toStrictEqual(app.reading);
});

test("does not follow a file that became a link after it was listed", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const next = readingDirectory(path, { version });
  expect(next.find(other.blob)).toBeUndefined();
  const name = await onlyFile(path);
  await rename(name, `${path}-elsewhere`);
  await symlink(`${path}-elsewhere`, name);
  expect(next.find(app.blob)).toBeUndefined();
});

test("two processes that write the same at the same time leave every reading complete", async () => {
  const { path, store } = await temporary();
  const writers = [writer(path, 300), writer(path, 300)];
  // Both processes are running before either begins.
  await Promise.all(writers.map(({ child }) => once(child.stdout, "data")));
  for (const { child } of writers) child.stdin.end();
  for (const { ended } of writers) expect(await ended).toEqual({ code: 0, errors: "" });
  expect(await readdir(path)).toHaveLength(300);
  for (let index = 0; index < 300; index++) {
    const { reading, blob } = storedReading(`layer ${index}`, 500);
    expect(store.find(blob)).toStrictEqual(reading);
  }
});

test("a process that is killed while it writes leaves no wrong reading", async () => {
  const { path } = await temporary();
  const { child, ended } = writer(path, 100_000);
  await once(child.stdout, "data");
  child.stdin.end();
  await once(child.stdout, "data");
  child.kill("SIGKILL");
  await ended;
  const left = await readdir(path);
  expect(left.length).toBeGreaterThan(0);
  const whole = left.filter((name) => !name.endsWith(".tmp"));
  const next = readingDirectory(path, { version });
  const digests = whole.map((name) => `sha256:${name.split(".")[2]}` as const);
  for (const digest of digests) expect(next.find({ digest })?.entries).toHaveLength(500);
});

test("removes a partial file of a killed process after an hour", async () => {
  const { path, store } = await temporary();
  keep(store, app);
  const reading = await onlyFile(path);
  const [old, young] = ["1", "2"].map((digit) => join(path, `.${digit.repeat(36)}.tmp`)) as [string, string];
  for (const name of [old, young]) await writeFile(name, "begun");
  const longAgo = Date.now() / 1000 - 3700;
  for (const name of [reading, old]) await utimes(name, longAgo, longAgo);
  const next = readingDirectory(path, { version });
  keep(next, other);
  for (const kept of [app, other]) expect(next.find(kept.blob)).toStrictEqual(kept.reading);
  const left = await files(path);
  expect(left).toContain(young);
  expect(left).not.toContain(old);
});

/** Creates a store for a directory that does not exist yet. */
async function temporary() {
  const root = await mkdtemp(join(tmpdir(), "image-audit-test-"));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const path = join(root, "cache", "readings");
  await mkdir(join(root, "cache"));
  return { path, ...open(path) };
}

function open(path: string, options: Partial<ReadingDirectoryOptions> = {}) {
  const remarks: string[] = [];
  const remark = (text: string) => void remarks.push(text);
  return { remarks, store: readingDirectory(path, { version, remark, ...options }) };
}

function keep(store: ReturnType<typeof readingDirectory>, { reading, blob }: typeof app): void {
  store.keep(reading, blob);
}

async function files(path: string): Promise<readonly string[]> {
  return (await readdir(path)).map((name) => join(path, name)).sort();
}

async function onlyFile(path: string): Promise<string> {
  const [name, ...others] = await files(path);
  if (name === undefined || others.length > 0) throw new Error("there is not exactly one file");
  return name;
}

/**
 * Starts another process, which keeps the layers `layer 0`, `layer 1` and so on when its input ends. It
 * prints one line when it is running, and another when it has kept ten.
 */
function writer(path: string, count: number) {
  const script = `
    import { readerVersion } from ${module("src/image/readings/reader-version.ts")};
    import { readingDirectory } from ${module("src/reading-store/directory.ts")};
    import { storedReading } from ${module("__tests__/helpers/reading.ts")};
    const remark = (text) => console.error(text);
    const store = readingDirectory(process.argv[1], { version: readerVersion(""), remark });
    console.log("ready");
    for await (const chunk of process.stdin);
    for (let index = 0; index < Number(process.argv[2]); index++) {
      const { reading, blob } = storedReading("layer " + index, 500);
      store.keep(reading, blob);
      if (index === 10) console.log("writing");
    }`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script, path, String(count)], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const errors = text(child.stderr);
  const ended = once(child, "close").then(async ([code]) => ({ code, errors: await errors }));
  return { child, ended };
}

function module(path: string): string {
  return JSON.stringify(new URL(`../../${path}`, import.meta.url).href);
}
