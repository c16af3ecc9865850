import { mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readingsOfThisRun } from "../../src/image/readings/reading-store.ts";
import { readImageFile } from "../../src/source/disk.ts";
import { parseImageReference } from "../../src/source/reference.ts";
import { descriptor, imageArchive, layoutFiles, type TestImage, testImage } from "../helpers/layout.ts";
import { file, tar } from "../helpers/tar.ts";

const one = testImage({ layers: [[file("a", "one")]], tag: "docker.io/library/app:v1" });
const two = testImage({ layers: [[file("b", "two")]], tag: "docker.io/library/app:v2" });
const refName = "org.opencontainers.image.ref.name";
const containerdName = "io.containerd.image.name";

/** How each tool names two images in an index, and the names by which users can select one. */
const tools: readonly (readonly [
  tool: string,
  annotations: readonly [object, object],
  names: readonly [first: readonly string[], second: readonly string[]],
])[] = [
  [
    "podman and buildah",
    [{ [refName]: "localhost/app:v1" }, { [refName]: "localhost/app:v2" }],
    [
      ["localhost/app:v1", "@0"],
      ["localhost/app:v2", "@1"],
    ],
  ],
  [
    "crane --annotate-ref",
    [{ [refName]: "127.0.0.1:5999/app:v1" }, { [refName]: "127.0.0.1:5999/app:v2" }],
    [["127.0.0.1:5999/app:v1"], ["127.0.0.1:5999/app:v2"]],
  ],
  ["crane", [{}, {}], [["@0"], ["@1"]]],
  ["skopeo", [{ [refName]: "one" }, { [refName]: "two/three:4" }], [["one"], ["two/three:4"]]],
  [
    "buildx",
    [
      { [refName]: "v1", [containerdName]: "docker.io/library/app:v1" },
      { [refName]: "v2", [containerdName]: "docker.io/library/app:v2" },
    ],
    [
      ["app:v1", "v1", "library/app:v1", "docker.io/library/app:v1", "index.docker.io/library/app:v1", "@0"],
      ["app:v2", "v2", "docker.io/app:v2"],
    ],
  ],
  ["a tool that names only one", [{ [refName]: "v1" }, {}], [["v1"], ["@1"]]],
];

test.each(tools)("selects one of two images by name: %s", async (_, annotations, names) => {
  const files = layoutFiles([one, two]);
  const manifests = [one, two].map((image, index) => ({
    ...descriptor(image.manifest),
    annotations: annotations[index],
  }));
  files.set("index.json", Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })));
  const directory = await write(files);
  const archive = await writeArchive(tar([...files].map(([path, bytes]) => file(path, bytes))));
  for (const [index, image] of [one, two].entries()) {
    for (const name of names[index] ?? []) {
      await expectImage(`oci-dir:${directory}:${name}`, image);
      await expectImage(`oci-archive:${archive}:${name}`, image);
    }
    await expectImage(`oci-dir:${directory}:${image.manifest.digest}`, image);
    await expectImage(`oci-archive:${archive}:any/app@${image.manifest.digest}`, image);
  }
  // Users can copy each name in the message.
  for (const path of [
    directory,
    archive,
    `oci-dir:${directory}`,
    `oci-archive:${archive}`,
    `oci-dir:${directory}:none`,
  ])
    await expectChoice(path);
});

test.each(["graphdriver", "graphdriver-before-25", "containerd", "skopeo"] as const)(
  "selects one of two images of an archive by name: %s",
  async (form) => {
    const archive = await writeArchive(imageArchive(form, [one, two]));
    for (const name of [
      "app:v1",
      "docker.io/library/app:v1",
      "library/app:v1",
      "@0",
      one.config.digest,
      one.config.digest.slice(7, 19),
    ])
      await expectImage(`docker-archive:${archive}:${name}`, one);
    await expectImage(`docker-archive:${archive}:app:v2`, two);
    for (const name of ["", ":app", ":app:v3", ":@2", ":localhost/app:v1"])
      await expectChoice(`docker-archive:${archive}${name}`);
    await expectChoice(archive);
  },
);

test.each(["graphdriver", "containerd"] as const)(
  "selects an image of docker save by a tag that only its index has: %s",
  async (form) => {
    const archive = await writeArchive(imageArchive(form, [one, two]));
    await expectImage(`oci-archive:${archive}:v2`, two);
  },
);

test("lists only some of many names", async () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    testImage({ layers: [[file(`${index}`)]], tag: `docker.io/library/app:${index}` }),
  );
  const refusal = read(await writeArchive(imageArchive("containerd", many)));
  await expect(refusal).rejects.toThrow(/^The archive holds 30 images\. .*app:19 and 10 more\.$/);
});

test("requires another name if two images have the same", async () => {
  const same = testImage({ layers: [[file("c")]], tag: one.tag });
  const directory = await write(layoutFiles([one, same]));
  const refusal = read(`oci-dir:${directory}:app:v1`);
  await expect(refusal).rejects.toThrow(`oci-dir:${directory}:@0, oci-dir:${directory}:@1`);
  await expectImage(`oci-dir:${directory}:@1`, same);
});

test("reads files and directories with a colon in their names", async () => {
  const archive = await writeArchive(imageArchive("graphdriver", [one, two]), "a:b.tar");
  await expectImage(`docker-archive:${archive}:app:v2`, two);
  const single = await writeArchive(imageArchive("graphdriver", [one]), "c:1");
  await expectImage(`docker-archive:${single}`, one);
  await expectImage(single, one);
  const directory = await write(layoutFiles([one, two]));
  await rename(directory, `${directory}:x`);
  onTestFinished(() => rm(`${directory}:x`, { recursive: true }));
  await expectImage(`oci-dir:${directory}:x:v2`, two);
});

test("refuses a path that could mean two files, since one may be a pull request's", async () => {
  const archive = await writeArchive(imageArchive("graphdriver", [one, two]));
  await writeFile(`${archive}:app:v1`, imageArchive("graphdriver", [two]));
  const refusal = read(`docker-archive:${archive}:app:v1`);
  await expect(refusal).rejects.toMatchObject({ code: "input-invalid" });
  await expect(refusal).rejects.toThrow(/could mean .* rename one/);
  await expectImage(`docker-archive:${archive}:app:v2`, two);
});

test("names the missing path if a name follows it", async () => {
  const directory = await temporary();
  const refusal = read(`docker-archive:${directory}/none.tar:app:v1`);
  await expect(refusal).rejects.toMatchObject({ code: "image-not-found" });
  await expect(refusal).rejects.toThrow(`${directory}/none.tar does not exist`);
});

/** Expects a refusal with a list of alternatives, and reads each alternative. */
async function expectChoice(reference: string): Promise<void> {
  const failure = await read(reference).catch((error) => error);
  expect(failure).toMatchObject({ name: "Failure", code: "image-not-found" });
  const written = [
    ...failure.message.matchAll(/(?<=[ ,])(?:oci|docker)-(?:dir|archive):\S+?(?=,? |,?\.?$)/g),
  ].map(([text]) => text);
  expect(written, failure.message).toHaveLength(2);
  const read2 = await Promise.all(written.map((text) => read(text)));
  expect(new Set(read2.map(({ configDigest }) => configDigest))).toEqual(
    new Set([one.config.digest, two.config.digest]),
  );
}

async function expectImage(reference: string, image: TestImage): Promise<void> {
  expect((await read(reference)).configDigest, reference).toBe(image.config.digest);
}

function read(reference: string) {
  return readImageFile(parseImageReference(reference), { store: readingsOfThisRun() });
}

async function write(files: ReadonlyMap<string, Buffer>): Promise<string> {
  const root = await temporary();
  for (const [path, bytes] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
  }
  return root;
}

async function writeArchive(bytes: Buffer, name = "images.tar"): Promise<string> {
  const path = join(await temporary(), name);
  await writeFile(path, bytes);
  return path;
}

async function temporary(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "image-source-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}
