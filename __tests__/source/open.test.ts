import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readingsOfThisRun } from "../../src/image/reading-store.ts";
import { type ReadFileOptions, readImageFile } from "../../src/source/open.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import { blobPath, imageArchive, layoutFiles, testImage } from "../helpers/layout.ts";
import { file } from "../helpers/tar.ts";

const image = testImage({ layers: [[file("a", "one")], [file("b", "two")]], tag: "docker.io/library/app:1" });
const other = testImage({ layers: [[file("z")]], tag: "docker.io/library/app:2" });

test("tells a layout and an archive by their content", async () => {
  const root = await layout();
  const archive = join(await temporary(), "image");
  await writeFile(archive, imageArchive("graphdriver", [image]));
  for (const path of [root, archive, `oci-dir:${root}`, `docker-archive:${archive}`]) {
    expect((await read(path)).configDigest).toBe(image.config.digest);
  }
});

test("takes the image with the tag out of a layout", async () => {
  const root = await layout([image, other]);
  expect((await read(`oci-dir:${root}:2`)).configDigest).toBe(other.config.digest);
  await expect(read(`oci-dir:${root}:3`)).rejects.toMatchObject({ code: "image-not-found" });
});

test("reads a layout through a link to it: where it lies is the user's business", async () => {
  const link = join(await temporary(), "link");
  await symlink(await layout(), link);
  expect((await read(link)).configDigest).toBe(image.config.digest);
});

test("says what is wrong with a path", async () => {
  const root = await layout();
  const empty = await temporary();
  await expect(read(join(empty, "nothing"))).rejects.toMatchObject({ code: "image-not-found" });
  await expect(read(empty)).rejects.toMatchObject({ code: "image-not-found" });
  await expect(read(`oci-archive:${root}`)).rejects.toMatchObject({ code: "image-not-found" });
  await expect(read(`oci-dir:${root}/index.json`)).rejects.toMatchObject({ code: "image-not-found" });
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

test("takes an empty file for a blob that is not there", async () => {
  const root = await layout();
  const store = readingsOfThisRun();
  const known = await read(root, { store });
  for (const { digest } of image.layers) await writeFile(join(root, blobPath(digest)), "");
  expect(await read(root, { store })).toEqual(known);
  await expect(read(root)).rejects.toMatchObject({ code: "blob-missing" });
});

test("does not wait for a fifo", async () => {
  const root = await layout();
  const blob = join(root, blobPath(image.layers[0]?.digest ?? "sha256:"));
  await rm(blob);
  spawnSync("mkfifo", [blob, join(root, "fifo")]);
  await expect(read(root)).rejects.toMatchObject({ code: "image-invalid" });
  await expect(read(join(root, "fifo"))).rejects.toMatchObject({ code: "image-invalid" });
});

test("closes every file, when it fails and when it is cancelled too", async () => {
  const root = await layout();
  const before = await openFiles(root);
  await read(root);
  await writeFile(join(root, blobPath(image.layers[0]?.digest ?? "sha256:")), "damaged");
  await expect(read(root)).rejects.toMatchObject({ name: "Failure" });
  await expect(read(root, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: "cancelled" });
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

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "image-source-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  return directory;
}

/** What this process has open under a directory. */
async function openFiles(root: string): Promise<string[]> {
  const links = await Promise.all(
    (await readdir("/proc/self/fd")).map((descriptor) =>
      readlink(`/proc/self/fd/${descriptor}`).catch(() => ""),
    ),
  );
  return links.filter((path) => path.startsWith(root));
}
