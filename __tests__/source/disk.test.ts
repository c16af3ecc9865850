import { spawnSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { type ReadFileOptions, readImageFile } from "../../src/source/disk.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import { blobPath, imageArchive, layoutFiles, testImage } from "../helpers/layout.ts";
import { asOtherUser } from "../helpers/other-user.ts";
import { file } from "../helpers/tar.ts";

const image = testImage({ layers: [[file("a", "one")], [file("b", "two")]], tag: "docker.io/library/app:1" });
const other = testImage({ layers: [[file("z")]], tag: "docker.io/library/app:2" });

test("distinguishes a layout from an archive by content", async () => {
  const root = await layout();
  const archive = join(await temporary(), "image");
  await writeFile(archive, imageArchive("graphdriver", [image]));
  for (const path of [root, archive, `oci-dir:${root}`, `docker-archive:${archive}`]) {
    expect((await read(path)).configDigest).toBe(image.config.digest);
  }
});

test("reads a layout through a link, since the user decides where it is", async () => {
  const link = join(await temporary(), "link");
  await symlink(await layout(), link);
  expect((await read(link)).configDigest).toBe(image.config.digest);
});

test("says what is wrong with a path", async () => {
  const root = await layout();
  const empty = await temporary();
  await expect(read(join(empty, "nothing"))).rejects.toThrow(
    "nothing does not exist (ENOENT). Name an existing archive or",
  );
  await expect(read(empty)).rejects.toMatchObject({ code: "image-not-found" });
  await expect(read(`oci-archive:${root}`)).rejects.toThrow(
    "is a directory; for an OCI image layout write oci-dir:",
  );
  await expect(read(`oci-dir:${root}/index.json`)).rejects.toThrow(
    "is not a directory; for a tar write oci-archive:",
  );
});

test("reports what the system refuses, for the image and for every file in it", async () => {
  const root = await layout();
  const archive = join(await temporary(), "image.tar");
  await writeFile(archive, imageArchive("graphdriver", [image]));
  const loop = join(await temporary(), "loop");
  await symlink(loop, loop);
  const long = `/${"n".repeat(5000)}`;
  const device = "/dev/null";
  const cases: [path: string, code: string, sentence: RegExp][] = [
    [
      `${archive}/inside`,
      "image-not-found",
      /inside does not exist: a part of its path is a file.*\(ENOTDIR\)/,
    ],
    [loop, "file-failed", /loop leads into a loop.*\(ELOOP\)/],
    [`${loop}/inside`, "file-failed", /inside leads into a loop.*\(ELOOP\)/],
    [long, "file-failed", /has a name that is too long.*\(ENAMETOOLONG\)/],
    [`/${"d/".repeat(3000)}`, "file-failed", /\(ENAMETOOLONG\)/],
    [`${root}\0`, "file-failed", /\u2400 contains a NUL, which no file name can contain/],
    [device, "image-invalid", /\/dev\/null is not a regular file/],
  ];
  for (const [path, code, sentence] of cases) {
    for (const reference of [path, `oci-dir:${path}`, `docker-archive:${path}`, `oci-archive:${path}:app`]) {
      const failure = await read(reference).catch((error) => error);
      expect(failure, reference).toMatchObject({
        name: "Failure",
        code: reference.startsWith("oci-dir:/dev") ? "image-not-found" : code,
      });
      if (reference === path) expect(failure.message).toMatch(sentence);
    }
  }
  const [blob = ""] = [...layoutFiles([image]).keys()];
  const damages: [file: string, how: (path: string) => Promise<unknown>, code: string, sentence: RegExp][] = [
    [
      "blobs",
      replaceByFile,
      "file-failed",
      /\/blobs\/sha256\/[0-9a-f]{64} does not exist: a part of its path is a file/,
    ],
    ["blobs/sha256", replaceByFile, "file-failed", /does not exist: a part of its path is a file/],
    ["oci-layout", replaceByDirectory, "image-invalid", /oci-layout is not a regular file/],
    ["index.json", replaceByDirectory, "image-invalid", /index\.json is not a regular file/],
    [blob, replaceByDirectory, "image-invalid", /is not a regular file/],
    ["oci-layout", replaceByLoop, "image-invalid", /symbolic link, which is not followed/],
    ["blobs", replaceByLoop, "file-failed", /leads into a loop.*\(ELOOP\)/],
    [blob, replaceByLoop, "image-invalid", /symbolic link, which is not followed/],
  ];
  for (const [path, how, code, sentence] of damages) {
    const damaged = await layout();
    await how(join(damaged, path));
    const failure = await read(damaged).catch((error) => error);
    expect(failure, `${how.name} ${path}`).toMatchObject({ name: "Failure", code });
    expect(failure.message).toMatch(sentence);
  }
});

test.runIf(process.platform === "linux")("reports an error in the middle of reading", async () => {
  // A regular file whose first page cannot be read.
  await expect(read("/proc/self/mem")).rejects.toMatchObject({
    code: "file-failed",
    message: "/proc/self/mem is on a disk that reports an error: check the disk (EIO).",
  });
});

test("reports files that this user may not read", async () => {
  const places: [path: string, mode: number, sentence: RegExp][] = [
    ["", 0, /oci-layout is not accessible to this user.*\(EACCES\)/],
    ["oci-layout", 0, /oci-layout is not accessible to this user/],
    ["index.json", 0, /index\.json is not accessible to this user/],
    ["blobs", 0, /blobs\/sha256\/[0-9a-f]{64} is not accessible to this user/],
    [blobPath(image.manifest.digest), 0, /blobs\/sha256\/[0-9a-f]{64} is not accessible to this user/],
    [blobPath(image.config.digest), 0o200, /is not accessible to this user/],
    [blobPath(image.layers[1]?.digest ?? "sha256:"), 0, /is not accessible to this user/],
  ];
  for (const [path, mode, sentence] of places) {
    const root = await layout();
    await chmod(join(root, path), mode);
    const failure = await asOtherUser(() => read(root));
    await chmod(join(root, path), 0o755);
    expect(failure, path).toMatchObject({ name: "Failure", code: "file-failed" });
    expect((failure as Error).message).toMatch(sentence);
  }
  const archive = join(await temporary(), "image.tar");
  await writeFile(archive, imageArchive("graphdriver", [image]), { mode: 0 });
  for (const reference of [archive, `docker-archive:${archive}`, `docker-archive:${archive}:app:1`])
    expect(await asOtherUser(() => read(reference))).toMatchObject({
      code: "file-failed",
      message: expect.stringContaining(`${archive} is not accessible to this user`),
    });
  const closed = dirname(archive);
  await chmod(closed, 0);
  expect(await asOtherUser(() => read(archive))).toMatchObject({ code: "file-failed" });
  await chmod(closed, 0o755);
});

test("follows no link out of a layout", async () => {
  const blob = blobPath(image.layers[0]?.digest ?? "sha256:");
  const asFile = await layout();
  const outside = join(await temporary(), "blob");
  await rename(join(asFile, blob), outside);
  await symlink(outside, join(asFile, blob));
  await expect(read(asFile)).rejects.toMatchObject({ code: "image-invalid" });

  const asDirectory = await layout();
  const elsewhere = join(await temporary(), "blobs");
  await rename(join(asDirectory, "blobs"), elsewhere);
  await symlink(elsewhere, join(asDirectory, "blobs"));
  await expect(read(asDirectory)).rejects.toMatchObject({ code: "image-invalid" });
});

test("treats an empty file as a missing blob", async () => {
  const root = await layout();
  const store = readingsOfThisRun();
  const known = await read(root, { store });
  for (const { digest } of image.layers) await writeFile(join(root, blobPath(digest)), "");
  expect(await read(root, { store })).toEqual(known);
  await expect(read(root)).rejects.toMatchObject({ code: "blob-missing" });
});

test("accepts an empty file as an empty layer", async () => {
  const none = testImage({ layers: [Buffer.alloc(0)], compression: "none" });
  const read = await readImageFile(
    { kind: "path", path: await layout([none]) },
    { store: readingsOfThisRun() },
  );
  expect(read.layers.map(({ reading }) => reading.diffId)).toEqual(none.diffIds);
});

test("does not wait for a fifo in a layout", async () => {
  const root = await layout();
  const blob = join(root, blobPath(image.layers[0]?.digest ?? "sha256:"));
  await rm(blob);
  spawnSync("mkfifo", [blob]);
  await expect(read(root)).rejects.toMatchObject({ code: "image-invalid" });
});

test("reads an archive from a named fifo, whenever it is written", async () => {
  const fifo = join(await temporary(), "fifo");
  spawnSync("mkfifo", [fifo]);
  const reading = read(fifo);
  await writeFile(fifo, gzipSync(imageArchive("containerd", [image, other])));
  await expect(reading).rejects.toThrow(`docker-archive:${fifo}:app:1, docker-archive:${fifo}:app:2`);
  const named = read(`docker-archive:${fifo}:app:2`);
  await writeFile(fifo, imageArchive("containerd", [image, other]));
  expect((await named).configDigest).toBe(other.config.digest);
});

test("waits for a fifo without a writer until it is cancelled", async () => {
  const fifo = join(await temporary(), "fifo");
  spawnSync("mkfifo", [fifo]);
  const cancel = new AbortController();
  const reading = read(fifo, { signal: cancel.signal });
  setTimeout(() => cancel.abort(), 50);
  await expect(reading).rejects.toMatchObject({ code: "cancelled" });
  await expect.poll(() => openFiles(dirname(fifo))).toEqual([]);
});

test("closes every file, also after a failure or cancellation", async () => {
  const root = await layout();
  const before = await openFiles(root);
  await read(root);
  await writeFile(join(root, blobPath(image.layers[0]?.digest ?? "sha256:")), "damaged");
  await expect(read(root)).rejects.toMatchObject({ name: "Failure" });
  await expect(read(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
  await writeFile(join(root, "text"), "FROM scratch\n".repeat(9000));
  await expect(read(join(root, "text"))).rejects.toMatchObject({ code: "image-unsupported" });
  await expect.poll(() => openFiles(root)).toEqual(before);
});

function read(reference: string, options: Partial<ReadFileOptions> = {}) {
  return readImageFile(parseImageReference(reference), { store: readingsOfThisRun(), ...options });
}

async function layout(images = [image]): Promise<string> {
  const root = await temporary();
  for (const [path, bytes] of layoutFiles(images)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

async function replaceByFile(path: string): Promise<void> {
  await rm(path, { recursive: true });
  await writeFile(path, "");
}

async function replaceByDirectory(path: string): Promise<void> {
  await rm(path, { recursive: true });
  await mkdir(path);
}

async function replaceByLoop(path: string): Promise<void> {
  await rm(path, { recursive: true });
  await symlink(path, path);
}

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "image-source-"));
  await chmod(directory, 0o755);
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** Returns the files that this process has open under a directory. */
async function openFiles(root: string): Promise<string[]> {
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((descriptor) =>
      readlink(`/proc/self/fd/${descriptor}`).catch(() => ""),
    ),
  );
  return links.filter((path) => path.startsWith(root));
}
