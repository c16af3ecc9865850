import { Buffer } from "node:buffer";
import fc from "fast-check";
import { expect, test } from "vitest";
import { imageOf, readArchive } from "../../../src/image/archive/archive.ts";
import { type LayoutOptions, readLayout } from "../../../src/image/layout/layout.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import {
  type Blob,
  blob,
  blobPath,
  descriptor,
  imageArchive,
  indexOf,
  jsonBlob,
  layoutFiles,
  manifestOf,
  opener,
  type TestImage,
  testImage,
} from "../../helpers/layout.ts";
import { chunksOf } from "../../helpers/list-tar.ts";
import { file, tar } from "../../helpers/tar.ts";

// The output of crane, ko, apko, buildah, podman, skopeo, umoci and BuildKit differs in fields without
// meaning for the image.

const indexType = "application/vnd.oci.image.index.v1+json";
const manifestType = "application/vnd.oci.image.manifest.v1+json";
const dockerManifest = "application/vnd.docker.distribution.manifest.v2+json";
const configType = "application/vnd.oci.image.config.v1+json";
const statementType = "application/vnd.in-toto+json";

const image = testImage({ layers: [[file("a", "one")], [file("b", "two")]], tag: "docker.io/library/app:1" });
const arm = testImage({ layers: [[file("a", "arm")]], platform: { os: "linux", architecture: "arm64" } });
const described = descriptor(image.manifest);

test.each<readonly [what: string, root: object]>([
  ["the artifactType of go-containerregistry", { artifactType: configType }],
  ["the artifactType of Docker's config", { artifactType: "application/vnd.docker.container.image.v1+json" }],
  ["the artifactType of an application", { artifactType: "application/vnd.example.app" }],
  ["an empty artifactType", { artifactType: "" }],
  ["no platform", { platform: undefined }],
  ["a null platform", { platform: null }],
  ["an empty platform", { platform: {} }],
  ["half a platform", { platform: { os: "linux", architecture: "" } }],
  ["a platform with features", { platform: { os: "linux", architecture: "amd64", "os.features": ["x"] } }],
  ["the image's bytes", { data: image.manifest.bytes.toString("base64") }],
  ["download locations", { urls: ["https://example.com/a"] }],
  ["unknown fields", { "com.example.field": { a: [1] }, newField: 3 }],
  ["null annotations", { annotations: null }],
  ["empty annotations", { annotations: { "org.opencontainers.image.base.name": "" } }],
  ["no media type", { mediaType: undefined }],
  ["an empty media type", { mediaType: "" }],
  ["no size", { size: undefined }],
  ["a size of 0", { size: 0 }],
  ["a size of -1", { size: -1 }],
])("reads an image whose descriptor has %s", async (_, fields) => {
  const files = withRoots(layoutFiles([image]), [{ ...described, ...fields }]);
  await expectImage(files, image);
});

test("reads one image of an index with an artifactType in its descriptors", async () => {
  const index = jsonBlob(indexType, {
    schemaVersion: 2,
    manifests: [image, arm].map(({ manifest, platform }) => ({
      ...descriptor(manifest),
      platform,
      artifactType: configType,
    })),
  });
  const files = withRoots(layoutFiles([image, arm], [index]), [descriptor(index)]);
  await expectImage(files, image, { platform: "linux/amd64" });
  await expectImage(files, arm, { platform: "linux/arm64" });
});

test("has the pull size of an archive of docker save with an artifactType in its descriptors", async () => {
  const members = new Map(layoutFiles([image]));
  const manifest = [
    {
      Config: blobPath(image.config.digest),
      RepoTags: ["app:1"],
      Layers: image.layers.map(({ digest }) => blobPath(digest)),
    },
  ];
  withRoots(members, [{ ...described, artifactType: configType }]);
  members.set("manifest.json", Buffer.from(JSON.stringify(manifest)));
  const { digest, metadataSize, layers } = imageOf(await read(members), {});
  expect(digest).toBe(image.manifest.digest);
  expect(metadataSize).toBe(image.manifest.bytes.length + image.config.bytes.length);
  expect(layers.map((layer) => layer.blob?.digest)).toEqual(image.layers.map((layer) => layer.digest));
});

const good = JSON.parse(image.manifest.bytes.toString());

test.each<readonly [what: string, change: object]>([
  ["an artifactType of its own", { artifactType: "application/vnd.example.app" }],
  ["a subject", { subject: { mediaType: manifestType, digest: image.config.digest, size: 3 } }],
  ["no media type", { mediaType: undefined }],
  ["a config without a media type", { config: { ...good.config, mediaType: undefined } }],
  [
    "a config of the type octet-stream",
    { config: { ...good.config, mediaType: "application/octet-stream" } },
  ],
  ["a config of the type JSON", { config: { ...good.config, mediaType: "application/json" } }],
  ["a config without a size", { config: { ...good.config, size: 0 } }],
  ["layers without a media type", { layers: withLayers({ mediaType: undefined }) }],
  ["layers of the type octet-stream", { layers: withLayers({ mediaType: "application/octet-stream" }) }],
  ["layers without a size", { layers: withLayers({ size: 0 }) }],
  [
    "layers of Docker's type",
    { layers: withLayers({ mediaType: "application/vnd.docker.image.rootfs.diff.tar.gzip" }) },
  ],
  [
    "layers of a type that says gzip where they are gzip",
    { layers: withLayers({ mediaType: "application/vnd.oci.image.layer.nondistributable.v1.tar+gzip" }) },
  ],
  [
    "layers of a type that says zstd where they are gzip",
    { layers: withLayers({ mediaType: "application/vnd.oci.image.layer.v1.tar+zstd" }) },
  ],
])("reads an image whose manifest has %s", async (_, change) => {
  const made = { ...image, manifest: jsonBlob(manifestType, { ...good, ...change }) };
  const read = await expectImage(layoutFiles([made]), made);
  // Sizes are those of the bytes, whatever the descriptors say.
  expect(read.layers.map((layer) => layer.blob?.size)).toEqual(image.layers.map(({ bytes }) => bytes.length));
  expect(read.metadataSize).toBe(made.manifest.bytes.length + image.config.bytes.length);
});

test("reads an image without layers, for which Go writes null", async () => {
  const none = testImage({ layers: [] });
  const manifest = jsonBlob(manifestType, { ...JSON.parse(none.manifest.bytes.toString()), layers: null });
  const made = { ...none, manifest };
  await expectImage(layoutFiles([made]), made);
  const files = layoutFiles([image]);
  files.set("index.json", Buffer.from('{"schemaVersion":2,"manifests":null}'));
  await expect(readFiles(files)).rejects.toMatchObject({ code: "image-not-found" });
});

test("reads a layer of 0 bytes as a tar without members", async () => {
  const made = testImage({ layers: [Buffer.alloc(0), [file("a")]], compression: "none" });
  const { layers } = await expectImage(layoutFiles([made]), made);
  expect(layers.map(({ reading }) => reading.entries.length)).toEqual([0, 1]);
});

test("reads Docker's manifest in an OCI layout, and an OCI manifest in Docker's list", async () => {
  const docker = jsonBlob(dockerManifest, {
    ...good,
    mediaType: dockerManifest,
    config: { ...good.config, mediaType: "application/vnd.docker.container.image.v1+json" },
  });
  const made = { ...image, manifest: docker };
  await expectImage(layoutFiles([made]), made);
  const list = jsonBlob("application/vnd.docker.distribution.manifest.list.v2+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.docker.distribution.manifest.list.v2+json",
    manifests: [{ ...described, platform: image.platform }],
  });
  await expectImage(withRoots(layoutFiles([image], [list]), [descriptor(list)]), image);
});

test("reads an image under nested indexes without media types and platforms", async () => {
  const inner = jsonBlob("", { schemaVersion: 2, manifests: [{ ...described, mediaType: undefined }] });
  const outer = jsonBlob("", { schemaVersion: 2, manifests: [{ ...descriptor(inner), mediaType: "" }] });
  const files = withRoots(layoutFiles([image], [inner, outer]), [{ ...descriptor(outer), mediaType: "" }]);
  await expectImage(files, image);
});

const statement = blob(statementType, Buffer.from('{"_type":"https://in-toto.io/Statement/v0.1"}'));
const noPlatform = { os: "unknown", architecture: "unknown" };
const attestationConfig = jsonBlob(configType, {
  ...noPlatform,
  config: {},
  rootfs: { type: "layers", diff_ids: [statement.digest] },
});
const empty = blob("application/vnd.oci.empty.v1+json", Buffer.from("{}"));
const attestations: readonly (readonly [style: string, manifest: Blob, fields: object])[] = [
  [
    "of BuildKit, with its annotation",
    manifestOf(attestationConfig, [statement]),
    {
      platform: noPlatform,
      annotations: { "vnd.docker.reference.type": "attestation-manifest" },
    },
  ],
  ["of BuildKit, by its platform only", manifestOf(attestationConfig, [statement]), { platform: noPlatform }],
  ["of BuildKit, by its statements only", manifestOf(attestationConfig, [statement]), {}],
  [
    "of BuildKit as an artifact",
    manifestOf(empty, [statement], { artifactType: "application/vnd.docker.attestation.manifest.v1+json" }),
    { artifactType: "application/vnd.docker.attestation.manifest.v1+json" },
  ],
  [
    "of cosign",
    manifestOf(jsonBlob(configType, { os: "", architecture: "", rootfs: { diff_ids: [] } }), [
      blob("application/vnd.dev.cosign.simplesigning.v1+json", Buffer.from("{}")),
    ]),
    {},
  ],
];

test.each(attestations)("skips an attestation %s", async (_, manifest, fields) => {
  const index = indexOf([image], [{ ...descriptor(manifest), ...fields }]);
  const more = [index, manifest, attestationConfig, statement, empty];
  await expectImage(withRoots(layoutFiles([image], more), [descriptor(index)]), image);
});

const sha512 = testImage({
  layers: [[file("a", "one")], [file("b", "two")]],
  algorithm: "sha512",
  compression: "none",
});
const sha512Gzip = testImage({ layers: [[file("a", "one")]], algorithm: "sha512" });

test.each([
  ["plain", sha512],
  ["gzip", sha512Gzip],
])("reads a layout and an archive with sha512 digests: %s layers", async (_, made) => {
  const inLayout = await expectImage(layoutFiles([made]), made);
  expect(inLayout.digest).toMatch(/^sha512:[0-9a-f]{128}$/);
  expect(inLayout.layers.map(({ reading }) => reading.diffId)).toEqual(made.diffIds);
  for (const form of ["oci", "containerd"] as const)
    expect(imageOf(await readBytes(imageArchive(form, [made])), {})).toEqual(inLayout);
});

test("reads a sha256 layer of a sha512 manifest", async () => {
  const layers = image.layers.map(descriptor);
  const manifest = jsonBlob(manifestType, { ...good, layers }, "sha512");
  const made = { ...image, manifest };
  await expectImage(layoutFiles([made]), made);
});

test("refuses every damaged blob of a sha512 layout", async () => {
  const files = layoutFiles([sha512]);
  for (const [path, bytes] of files) {
    if (!path.startsWith("blobs/")) continue;
    const damaged = Buffer.from(bytes);
    // In a layer, a file's content is damaged: its tar is still valid.
    const at = bytes.length > 1024 && bytes[0] !== 0x7b ? 512 : bytes.length - 1;
    damaged[at] = (damaged[at] ?? 0) ^ 1;
    const inLayout = readFiles(new Map([...files, [path, damaged]]));
    await expect(inLayout, path).rejects.toMatchObject({ code: "digest-mismatch" });
    const inArchive = read(new Map([...files, [path, damaged]])).then((archive) => imageOf(archive, {}));
    await expect(inArchive, path).rejects.toMatchObject({ name: "Failure" });
  }
});

test("refuses a diff ID that is not sha256, since engines compute only sha256", async () => {
  const rootfs = { type: "layers", diff_ids: image.tars.map(() => `sha512:${"0".repeat(128)}`) };
  const made = testImage({ layers: [[file("a")], [file("b")]], config: { rootfs }, algorithm: "sha512" });
  await expect(readFiles(layoutFiles([made]))).rejects.toMatchObject({ code: "image-invalid" });
});

test("reads the image or fails with a sentence for every field value, in a layout and in an archive", async () => {
  const index = JSON.parse(indexOf([image]).bytes.toString());
  const value = fc.oneof(
    fc.json().map((text) => JSON.parse(text)),
    fc.constantFrom(null, "", 0, -1, [], {}, undefined),
  );
  const change = fc.record({
    document: fc.constantFrom("root", "index", "manifest", "config", "layer"),
    field: fc.constantFrom(
      "mediaType",
      "size",
      "digest",
      "platform",
      "annotations",
      "artifactType",
      "layers",
      "config",
      "manifests",
      "data",
      "urls",
      "subject",
      "schemaVersion",
      "other",
    ),
    value,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 2 }), async (changes) => {
      const changed = (document: string, fields: object) =>
        Object.assign(
          {},
          fields,
          ...changes.filter((one) => one.document === document).map((one) => ({ [one.field]: one.value })),
        );
      const manifest = jsonBlob(
        manifestType,
        changed("manifest", {
          ...good,
          config: changed("config", good.config),
          layers: good.layers.map((layer: object) => changed("layer", layer)),
        }),
      );
      const made = jsonBlob(
        indexType,
        changed("index", { ...index, manifests: [{ ...descriptor(manifest), platform: image.platform }] }),
      );
      const files = withRoots(layoutFiles([{ ...image, manifest }], [made]), [
        changed("root", descriptor(made)),
      ]);
      const [inLayout, inArchive] = await Promise.all([
        readFiles(files).catch((error) => error),
        read(files)
          .then((archive) => imageOf(archive, {}))
          .catch((error) => error),
      ]);
      if (inLayout instanceof Error) expect([inLayout.name, inArchive.name]).toEqual(["Failure", "Failure"]);
      else expect(inArchive).toEqual(inLayout);
    }),
    { numRuns: 400, seed: 7 },
  );
});

function withLayers(fields: object) {
  return good.layers.map((layer: object) => ({ ...layer, ...fields }));
}

async function expectImage(
  files: ReadonlyMap<string, Buffer>,
  made: TestImage,
  options: Partial<LayoutOptions> = {},
) {
  const image = await readFiles(files, options);
  expect(image.digest).toBe(made.manifest.digest);
  expect(image.layers.map(({ reading }) => reading.diffId)).toEqual(made.diffIds);
  // The same in an archive, where members may have any order.
  expect(imageOf(await read(files), options)).toEqual(image);
  return image;
}

function readFiles(files: ReadonlyMap<string, Uint8Array>, options: Partial<LayoutOptions> = {}) {
  return readLayout(opener(files), { store: readingsOfThisRun(), ...options });
}

function read(files: ReadonlyMap<string, Buffer>) {
  return readBytes(tar([...files].map(([path, bytes]) => file(path, bytes))));
}

function readBytes(bytes: Buffer) {
  return readArchive(chunksOf(bytes, 4096), { store: readingsOfThisRun() });
}

function withRoots(files: Map<string, Buffer>, manifests: readonly unknown[]): Map<string, Buffer> {
  return files.set("index.json", Buffer.from(JSON.stringify({ schemaVersion: 2, manifests })));
}
