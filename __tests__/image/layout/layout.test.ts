import { Buffer } from "node:buffer";
import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { type LayoutOptions, readLayout } from "../../../src/image/layout/layout.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import {
  type Blob,
  blob,
  blobPath,
  descriptor,
  indexOf,
  jsonBlob,
  layoutFiles,
  opener,
  type TestImage,
  testImage,
} from "../../helpers/layout.ts";
import { file } from "../../helpers/tar.ts";

const image = testImage({ layers: [[file("a", "one")], [file("b", "two")]], tag: "docker.io/library/app:1" });
const arm = testImage({
  layers: [[file("a", "arm")]],
  platform: { os: "linux", architecture: "arm64", variant: "v8" },
});
const attestation = jsonBlob("application/vnd.oci.image.manifest.v1+json", { attests: true });
const unknown = {
  ...descriptor(attestation),
  platform: { os: "unknown", architecture: "unknown" },
  annotations: { "vnd.docker.reference.type": "attestation-manifest" },
};

test.each(["gzip", "zstd", "none"] as const)(
  "reads a layout with layers stored as %s",
  async (compression) => {
    const made = testImage({ layers: [[file("a", "one")], [file("b", "two")]], compression });
    const read = await readFiles(layoutFiles([made]));
    expect(read).toMatchObject({
      digest: made.manifest.digest,
      configDigest: made.config.digest,
      metadataSize: made.manifest.bytes.length + made.config.bytes.length,
      platform: "linux/amd64",
    });
    expect(read.layers.map(({ reading }) => reading.diffId)).toEqual(made.diffIds);
    expect(read.layers.map((layer) => layer.blob)).toEqual(
      made.layers.map(({ digest, bytes }) => ({ digest, size: bytes.length })),
    );
  },
);

test("reads the config like Go, whatever the case of its keys", async () => {
  const config = {
    config: { user: "app", EntryPoint: ["/app"], Env: ["A=1"], Labels: { __proto__x: "1", a: "b", n: null } },
  };
  const { config: read } = await readFiles(layoutFiles([testImage({ layers: [], config })]));
  expect(read).toMatchObject({ user: "app", entrypoint: ["/app"], cmd: null, env: ["A=1"], os: "linux" });
  expect([...read.labels]).toEqual([
    ["__proto__x", "1"],
    ["a", "b"],
    ["n", ""],
  ]);
});

test("does not open a layer that the store has, and opens a repeated layer only once", async () => {
  const twice = testImage({ layers: [[file("a")], [file("b")], [file("a")]] });
  const files = layoutFiles([twice]);
  const opened: string[] = [];
  const open = (path: string) => {
    opened.push(path);
    return opener(files)(path);
  };
  const store = readingsOfThisRun();
  const first = await readLayout(open, { store });
  expect(opened.filter((path) => path === blobPath(twice.layers[0]?.digest ?? "sha256:"))).toHaveLength(1);
  // As in an export over preset, empty files: cached layers are not read.
  for (const layer of twice.layers) files.set(blobPath(layer.digest), Buffer.alloc(0));
  expect(await readLayout(open, { store })).toEqual(first);
});

test("opens a cached layer if its descriptor has another size, and refuses it", async () => {
  const [layer, ...others] = JSON.parse(image.manifest.bytes.toString()).layers;
  const store = readingsOfThisRun();
  await readLayout(opener(layoutFiles([image])), { store });
  const manifest = jsonBlob(image.manifest.mediaType, {
    ...JSON.parse(image.manifest.bytes.toString()),
    layers: [{ ...layer, size: layer.size + 1 }, ...others],
  });
  await expect(readFiles(layoutFiles([{ ...image, manifest }]), { store })).rejects.toMatchObject({
    code: "digest-mismatch",
    message: expect.stringContaining(`its descriptor says ${layer.size + 1}`),
  });
});

test("selects the requested platform in every notation", async () => {
  const files = layoutOfIndex([image, arm], [unknown]);
  for (const platform of ["linux/arm64", "linux/arm64/v8", "linux/aarch64", "Linux/ARM64"]) {
    expect(await readFiles(files, { platform })).toMatchObject({ digest: arm.manifest.digest });
  }
});

test("selects the only platform, or the machine's own of several", async () => {
  expect((await readFiles(layoutOfIndex([arm], [unknown]))).platform).toBe("linux/arm64/v8");
  expect((await readFiles(layoutOfIndex([image, arm]), { defaultPlatform: "linux/amd64" })).platform).toBe(
    "linux/amd64",
  );
});

test("names the available platforms if the requested one is missing", async () => {
  const files = layoutOfIndex([image, arm], [unknown]);
  const refusal = readFiles(files, { platform: "linux/s390x" });
  await expect(refusal).rejects.toMatchObject({ code: "platform-missing" });
  await expect(refusal).rejects.toThrow("only for linux/amd64, linux/arm64");
  await expect(readFiles(files)).rejects.toMatchObject({ code: "platform-missing" });
});

test("finds an image under nested indexes, and skips platforms without blobs", async () => {
  const inner = indexOf([image, arm]);
  const outer = jsonBlob(inner.mediaType, { schemaVersion: 2, manifests: [descriptor(inner)] });
  const files = withRoots(layoutFiles([image, arm], [inner, outer]), [descriptor(outer)]);
  files.delete(blobPath(arm.manifest.digest));
  expect(await readFiles(files)).toMatchObject({ digest: image.manifest.digest });
});

test("distinguishes images by name, and refuses to guess", async () => {
  const other = testImage({ layers: [[file("z")]], tag: "docker.io/library/other:2" });
  const files = layoutFiles([image, other]);
  for (const tag of ["other:2", "docker.io/library/other:2"]) {
    expect(await readFiles(files, { name: tag })).toMatchObject({ digest: other.manifest.digest });
  }
  expect(await readFiles(withTagsOnly(files), { name: "1" })).toMatchObject({
    digest: image.manifest.digest,
  });
  await expect(readFiles(files)).rejects.toMatchObject({ code: "image-not-found" });
  await expect(readFiles(files, { name: "app:3" })).rejects.toMatchObject({ code: "image-not-found" });
});

test("refuses every blob with one bit changed, one byte missing, or one byte added", async () => {
  const files = layoutFiles([image]);
  let refused = 0;
  for (const [path, bytes] of files) {
    if (!path.startsWith("blobs/")) continue;
    const changed = [...flipped(bytes), bytes.subarray(0, -1), Buffer.concat([bytes, Buffer.alloc(1)])];
    for (const damaged of changed) {
      await expect(readFiles(new Map([...files, [path, damaged]]))).rejects.toMatchObject({
        name: "Failure",
      });
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(100);
});

test("refuses a layer that is not the config's, and a missing layer", async () => {
  const wrong = testImage({ layers: [[file("a")]], config: { rootfs: { diff_ids: [image.diffIds[0]] } } });
  const few = testImage({ layers: [[file("a")]], config: { rootfs: { diff_ids: [] } } });
  await expect(readFiles(layoutFiles([wrong]))).rejects.toMatchObject({ code: "digest-mismatch" });
  await expect(readFiles(layoutFiles([few]))).rejects.toMatchObject({ code: "image-invalid" });
});

test("says which blob is missing", async () => {
  const files = layoutFiles([image]);
  files.delete(blobPath(image.layers[1]?.digest ?? "sha256:"));
  await expect(readFiles(files)).rejects.toMatchObject({ code: "blob-missing" });
});

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const good = JSON.parse(image.manifest.bytes.toString());

test.each<readonly [name: string, manifest: Blob]>([
  ["is also an index (CVE-2021-41190)", jsonBlob(manifestType, { ...good, manifests: [] })],
  [
    "has another media type than its descriptor",
    jsonBlob(manifestType, { ...good, mediaType: "application/json" }),
  ],
  ["has a key twice, in another case", jsonBlob(manifestType, { ...good, Layers: [] })],
  ["has a key twice", blob(manifestType, Buffer.from(`{"layers":[],${JSON.stringify(good).slice(1)}`))],
  [
    "has a digest that is not sha256",
    jsonBlob(manifestType, { ...good, layers: [{ ...good.layers[0], digest: "md5:0" }] }),
  ],
  [
    "has a size that is not a whole number",
    jsonBlob(manifestType, { ...good, layers: [{ ...good.layers[0], size: 1.5 }] }),
  ],
  ["is not JSON", blob(manifestType, Buffer.from("{"))],
  ["is not an object", blob(manifestType, Buffer.from("[]"))],
  ["is not UTF-8", blob(manifestType, Buffer.from([0x7b, 0xff, 0x7d]))],
])("refuses a manifest that %s", async (_, manifest) => {
  await expect(readFiles(layoutFiles([{ ...image, manifest }]))).rejects.toMatchObject({
    code: "image-invalid",
  });
});

test("refuses documents designed to exhaust resources", async () => {
  const deep = blob(manifestType, Buffer.from(`{"x":${"[".repeat(200_000)}${"]".repeat(200_000)}}`));
  const large = blob(manifestType, Buffer.alloc(5 << 20, " "));
  for (const manifest of [deep, large]) {
    await expect(readFiles(layoutFiles([{ ...image, manifest }]))).rejects.toMatchObject({
      code: "limit-exceeded",
    });
  }
});

test("closes all streams if one layer fails", async () => {
  const made = testImage({
    layers: Array.from({ length: 8 }, (_, index) => [file(`f${index}`, "x".repeat(9000))]),
  });
  const files = layoutFiles([made]);
  files.set(blobPath(made.layers[2]?.digest ?? "sha256:"), Buffer.from("\u001f\u008bbroken"));
  const streams: Readable[] = [];
  const open = async (path: string) => {
    const stream = await opener(files)(path);
    streams.push(stream);
    return stream;
  };
  await expect(readLayout(open, { store: readingsOfThisRun() })).rejects.toMatchObject({ name: "Failure" });
  expect(streams.length).toBeGreaterThan(4);
  expect(streams.filter((stream) => !stream.destroyed)).toEqual([]);
});

test("says that a directory is not a layout", async () => {
  await expect(
    readLayout(async () => Readable.from([]), { store: readingsOfThisRun() }),
  ).rejects.toMatchObject({
    code: "image-invalid",
  });
  await expect(readFiles(new Map())).rejects.toMatchObject({ code: "image-not-found" });
});

function readFiles(files: ReadonlyMap<string, Uint8Array>, options: Partial<LayoutOptions> = {}) {
  return readLayout(opener(files), { store: readingsOfThisRun(), ...options });
}

function layoutOfIndex(images: readonly TestImage[], more: readonly unknown[] = []): Map<string, Buffer> {
  const index = indexOf(images, more);
  return withRoots(layoutFiles(images, [index, attestation]), [descriptor(index)]);
}

function withRoots(files: Map<string, Buffer>, manifests: readonly unknown[]): Map<string, Buffer> {
  return new Map([...files, ["index.json", Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))]]);
}

function withTagsOnly(files: Map<string, Buffer>): Map<string, Buffer> {
  const { manifests } = JSON.parse(files.get("index.json")?.toString() ?? "{}");
  for (const manifest of manifests) delete manifest.annotations["io.containerd.image.name"];
  return withRoots(files, manifests);
}

function* flipped(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += Math.max(1, Math.floor(bytes.length / 40))) {
    const copy = Buffer.from(bytes);
    copy[at] = (copy[at] ?? 0) ^ (1 << (at % 8));
    yield copy;
  }
}
