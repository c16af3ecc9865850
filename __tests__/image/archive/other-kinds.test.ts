import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { imageOf, readArchive } from "../../../src/image/archive/archive.ts";
import { readLayout } from "../../../src/image/layout/layout.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import {
  type Blob,
  blob,
  descriptor,
  imageArchive,
  jsonBlob,
  layoutFiles,
  manifestOf,
  opener,
  testImage,
} from "../../helpers/layout.ts";
import { chunksOf } from "../../helpers/list-tar.ts";
import { directory, file, symlink, tar } from "../../helpers/tar.ts";

// Files that users mistake for an image: the error says what they are, and what to name instead.

const image = testImage({ layers: [[file("a", "one")]] });
const archive = imageArchive("containerd", [image]);

test.each<readonly [what: string, bytes: Buffer, sentence: RegExp]>([
  ["an empty file", Buffer.alloc(0), /^It is empty\.$/],
  ["an empty file, compressed", gzipSync(""), /^It is empty\.$/],
  [
    "a Dockerfile",
    Buffer.from("# syntax=docker/dockerfile:1\n\nFROM scratch\nCOPY a /\n"),
    /Dockerfile\. Build it/,
  ],
  [
    "a Dockerfile with Windows line endings",
    Buffer.from("from scratch\r\ncopy a /\r\n"),
    /Dockerfile\. Build it/,
  ],
  ["a long Dockerfile", Buffer.from(`ARG A=1\nFROM a\n${"RUN true\n".repeat(300)}`), /Dockerfile\. Build it/],
  ["text of many comments", Buffer.from("#\r\n".repeat(10_000)), /It is text/],
  ["a manifest", image.manifest.bytes, /It is JSON/],
  ["a zip file", Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(600)]), /zip/],
  ["a program", Buffer.concat([Buffer.from("\u007fELF"), Buffer.alloc(600)]), /It is a program/],
  ["anything", Buffer.alloc(2000, 7), /not a tar/],
  ["a disk of zeros and more", Buffer.concat([Buffer.alloc(100, 7), Buffer.alloc(2000)]), /not a tar/],
  [
    "an archive compressed with xz",
    Buffer.from(`fd377a585a000004${"00".repeat(600)}`, "hex"),
    /compressed with xz\. Decompress it first/,
  ],
  [
    "an archive compressed with bzip2",
    Buffer.from(`BZh91AY&SY${"x".repeat(600)}`),
    /compressed with bzip2\. Decompress it first/,
  ],
  ["an archive packed twice", gzipSync(gzipSync(archive)), /compressed twice, with gzip inside/],
  [
    "an archive compressed with zstd and gzip",
    gzipSync(zstdCompressSync(archive)),
    /compressed twice, with zstd inside/,
  ],
  [
    "an archive compressed with gzip and xz",
    gzipSync(Buffer.from("fd377a585a000004", "hex")),
    /compressed twice, with xz inside/,
  ],
])("says what a file is: %s", async (_, bytes, sentence) => {
  const refusal = read(bytes);
  await expect(refusal).rejects.toMatchObject({ name: "Failure" });
  await expect(refusal).rejects.toThrow(sentence);
});

test.each<readonly [what: string, members: Parameters<typeof tar>[0], sentence: RegExp]>([
  [
    "docker export",
    [file(".dockerenv"), directory("app"), file("app/index.json", "{}")],
    /docker export\. Use docker save/,
  ],
  ["podman export", [symlink("bin", "usr/bin"), file("run/.containerenv")], /Use docker save/],
  ["a root filesystem", [directory("./etc"), file("./etc/passwd", "root:x:0:0")], /Use docker save/],
  [
    "a layout in a directory",
    [file("out/oci-layout", "{}"), file("out/index.json", "{}")],
    /are in the directory "out"\. Archive/,
  ],
  ["an archive of arbitrary files", [file("a.txt", "a")], /no manifest\.json and no index\.json/],
  ["an empty archive", [], /no manifest\.json and no index\.json/],
])("says what a tar is: %s", async (_, members, sentence) => {
  const read = await readArchive(chunksOf(tar(members), 512), { store: readingsOfThisRun() });
  expect(() => imageOf(read, {})).toThrow(sentence);
});

test("says that a large tar is a filesystem, not that it has too many documents", async () => {
  const text = Buffer.alloc(4 << 20, "text ");
  const files = Array.from({ length: 70 }, (_, index) => file(`usr/share/doc/${index}`, text));
  const refusal = readArchive(chunksOf(tar(files), 1 << 20), { store: readingsOfThisRun() });
  await expect(refusal).rejects.toThrow("Use docker save");
});

const config = blob("application/vnd.cncf.helm.config.v1+json", Buffer.from("{}"));
const chart = blob(
  "application/vnd.cncf.helm.chart.content.v1.tar+gzip",
  gzipSync(tar([file("Chart.yaml")])),
);
const empty = blob("application/vnd.oci.empty.v1+json", Buffer.from("{}"));
const schema1Type = "application/vnd.docker.distribution.manifest.v1+prettyjws";
const statement = blob("application/vnd.in-toto+json", Buffer.from("{}"));

test.each<readonly [what: string, root: Blob, fields: object, more: readonly Blob[], sentence: RegExp]>([
  [
    "a Helm chart",
    manifestOf(config, [chart]),
    {},
    [config, chart],
    /^It is a Helm chart .* not a container image/,
  ],
  [
    "a Helm chart that says so",
    manifestOf(config, [chart]),
    { artifactType: config.mediaType },
    [config, chart],
    /Helm chart/,
  ],
  [
    "an artifact",
    manifestOf(empty, [empty], { artifactType: "application/x" }),
    {},
    [empty],
    /an artifact \("application\/x"\)/,
  ],
  [
    "an attestation",
    manifestOf(image.config, [statement]),
    {},
    [image.config, statement],
    /It is an attestation/,
  ],
  [
    "an image of schema 1",
    jsonBlob(schema1Type, { schemaVersion: 1, fsLayers: [], history: [] }),
    {},
    [],
    /schema 1/,
  ],
  [
    "an unsigned image of schema 1",
    jsonBlob("application/vnd.docker.distribution.manifest.v1+json", { schemaVersion: 1 }),
    {},
    [],
    /schema 1/,
  ],
  [
    "something else",
    blob("application/vnd.example", Buffer.from("{}")),
    {},
    [],
    /media type "application\/vnd.example"/,
  ],
  [
    "an index of a Helm chart",
    indexOf(manifestOf(config, [chart])),
    {},
    [manifestOf(config, [chart]), config, chart],
    /Helm chart/,
  ],
])("says what a layout contains: %s", async (_, root, fields, more, sentence) => {
  const files = layoutFiles([], [root, ...more]);
  files.set(
    "index.json",
    Buffer.from(JSON.stringify({ schemaVersion: 2, manifests: [{ ...descriptor(root), ...fields }] })),
  );
  const refusal = readLayout(opener(files), { store: readingsOfThisRun() });
  await expect(refusal).rejects.toMatchObject({ code: "image-unsupported" });
  await expect(refusal).rejects.toThrow(sentence);
  const members = [...files].map(([path, bytes]) => file(path, bytes));
  const archive = await readArchive(chunksOf(tar(members), 4096), { store: readingsOfThisRun() });
  expect(() => imageOf(archive, {})).toThrow(sentence);
});

test.each([
  ["skopeo's dir:", ["manifest.json", "version"], /skopeo's dir: transport/],
  [
    "an archive that was unpacked",
    ["manifest.json", "a.json"],
    /unpacked archive .* Specify the archive itself/,
  ],
  ["a build context", ["Dockerfile"], /It is a build context\. Build it/],
  ["anything", ["a"], /^It is not an OCI image layout: it has no oci-layout\.$/],
  ["half a layout", ["oci-layout"], /^It is not an OCI image layout: it has no index\.json\.$/],
])("says what a directory is: %s", async (_, paths, sentence) => {
  const files = new Map(paths.map((path) => [path, Buffer.from('{"imageLayoutVersion":"1.0.0"}')]));
  await expect(readLayout(opener(files), { store: readingsOfThisRun() })).rejects.toThrow(sentence);
});

test("says that an index is empty", async () => {
  const refusal = readLayout(opener(layoutFiles([])), { store: readingsOfThisRun() });
  await expect(refusal).rejects.toMatchObject({
    code: "image-not-found",
    message: "Its index lists no images.",
  });
});

test.each([
  ["application/vnd.oci.image.layer.v1.tar+gzip+encrypted", /is encrypted\. Decrypt/],
  ["application/vnd.oci.image.layer.v1.tar+zstd+encrypted", /is encrypted\. Decrypt/],
  ["application/vnd.docker.image.rootfs.diff.tar.gzip+encrypted", /is encrypted\. Decrypt/],
  ["application/vnd.erofs.layer.v1", /media type "application\/vnd.erofs/],
  [
    "application/vnd.oci.image.layer.v1.squashfs",
    /media type "application\/vnd.oci.image.layer.v1.squashfs"/,
  ],
  ["application/wasm", /media type "application\/wasm"/],
])("says what kind of layer cannot be read: %s", async (mediaType, sentence) => {
  for (const size of [300, 3000]) {
    const layer = blob(mediaType, Buffer.alloc(size, 0xa7));
    const made = { ...image, layers: [layer], manifest: manifestOf(image.config, [layer]) };
    const refusal = readLayout(opener(layoutFiles([made])), { store: readingsOfThisRun() });
    await expect(refusal).rejects.toMatchObject({ code: "layer-unsupported" });
    await expect(refusal).rejects.toThrow(sentence);
    const archive = await readArchive(chunksOf(imageArchive("oci", [made]), 512), {
      store: readingsOfThisRun(),
    });
    expect(() => imageOf(archive, {})).toThrow(sentence);
  }
});

function indexOf(manifest: Blob): Blob {
  const type = "application/vnd.oci.image.index.v1+json";
  return jsonBlob(type, { schemaVersion: 2, mediaType: type, manifests: [descriptor(manifest)] });
}

async function read(bytes: Buffer) {
  return imageOf(await readArchive(chunksOf(bytes, 100), { store: readingsOfThisRun() }), {});
}
