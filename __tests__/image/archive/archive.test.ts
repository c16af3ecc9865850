import { Buffer } from "node:buffer";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { imageOf, readArchive } from "../../../src/image/archive/archive.ts";
import type { WantedImage } from "../../../src/image/archive/choose.ts";
import { readLayout } from "../../../src/image/layout/layout.ts";
import { readingsOfThisRun } from "../../../src/image/readings/reading-store.ts";
import {
  type ArchiveForm,
  archiveMembers,
  type Blob,
  blobPath,
  descriptor,
  imageArchive,
  indexOf,
  layoutFiles,
  opener,
  testImage,
} from "../../helpers/layout.ts";
import { chunksOf } from "../../helpers/list-tar.ts";
import { file, type TarMember, tar } from "../../helpers/tar.ts";

const shared = [file("shared", "base")];
const app = testImage({ layers: [shared, [file("app", "1")]], tag: "docker.io/library/app:1" });
const other = testImage({ layers: [shared, [file("other", "22")]], tag: "docker.io/library/other:latest" });
const forms: readonly ArchiveForm[] = ["graphdriver", "graphdriver-before-25", "containerd", "oci", "skopeo"];

test.each(forms)("reads each of several images in one archive: %s", async (form) => {
  const archive = await read(imageArchive(form, [app, other]));
  for (const [image, reference] of [
    [app, "app:1"],
    [other, "other"],
  ] as const) {
    const found = imageOf(archive, { name: reference });
    expect(found.configDigest).toBe(image.config.digest);
    expect(found.layers.map(({ reading }) => reading.diffId)).toEqual(image.diffIds);
    expect(imageOf(archive, { configDigest: image.config.digest })).toEqual(found);
    // An engine with a graph driver identifies it by the config's digest, others by the manifest's.
    const isIndexed = form === "containerd" || form === "oci";
    if (form !== "oci") expect(imageOf(archive, { name: image.config.digest })).toEqual(found);
    if (isIndexed) expect(imageOf(archive, { name: image.manifest.digest })).toEqual(found);
  }
});

test.each(["containerd", "oci"] as const)(
  "has the blobs as a registry would serve them: %s",
  async (form) => {
    const found = imageOf(await read(imageArchive(form, [app])), {});
    expect(found).toEqual(await readLayout(opener(layoutFiles([app])), { store: readingsOfThisRun() }));
    expect(found.digest).toBe(app.manifest.digest);
  },
);

test.each(["graphdriver", "graphdriver-before-25", "skopeo"] as const)(
  "has no blobs if layers are uncompressed: %s",
  async (form) => {
    const found = imageOf(await read(imageArchive(form, [app])), {});
    expect(found).toMatchObject({ digest: null, metadataSize: null });
    expect(found.layers.map(({ blob }) => blob)).toEqual([null, null]);
  },
);

test.each([
  ["gzip", (bytes: Buffer) => gzipSync(bytes)],
  ["zstd", (bytes: Buffer) => zstdCompressSync(bytes)],
])("reads an archive that is compressed with %s", async (_, pack) => {
  expect(imageOf(await read(pack(imageArchive("graphdriver", [app]))), {}).configDigest).toBe(
    app.config.digest,
  );
});

test("reads the only image if none is named, reads one by its ID, and refuses to guess", async () => {
  const one = await read(imageArchive("graphdriver", [app]));
  expect(imageOf(one, {}).configDigest).toBe(app.config.digest);
  for (const name of [`app@sha256:${"0".repeat(64)}`, "@1", "other"])
    expect(
      codeOf(() => imageOf(one, { name })),
      name,
    ).toBe("image-not-found");
  expect(imageOf(one, { name: app.config.digest.slice(7, 19) }).configDigest).toBe(app.config.digest);
  const two = await read(imageArchive("graphdriver", [app, other]));
  expect(() => imageOf(two, {})).toThrow("app:1, other:latest");
  expect(() => imageOf(two, { name: "third" })).toThrow(expect.objectContaining({ code: "image-not-found" }));
});

test("finds an image that is not in index.json, as when several are saved by ID", async () => {
  const members = archiveMembers("graphdriver", [app, other]).map((member) =>
    member.path === "index.json"
      ? archiveMembers("graphdriver", [other]).find(({ path }) => path === "index.json")
      : member,
  );
  const archive = await read(tar(members.filter((member) => member !== undefined)));
  expect(imageOf(archive, { configDigest: app.config.digest }).configDigest).toBe(app.config.digest);
});

const decoy = testImage({ layers: [[file("big", "333")]], tag: app.tag });

/**
 * Returns an archive with the blobs of both images. index.json lists `manifests`, and manifest.json the image
 * `app`.
 */
function twoLists(form: ArchiveForm, manifests: readonly unknown[], more: readonly Blob[] = []): Buffer {
  const members = [
    ...archiveMembers("containerd", [decoy]),
    ...more.map(({ digest, bytes }) => file(blobPath(digest), bytes)),
    ...archiveMembers(form, [app]),
    file("index.json", JSON.stringify({ schemaVersion: 2, manifests })),
  ];
  return tar([...new Map(members.map((member) => [member.path, member])).values()]);
}

const annotations = { "io.containerd.image.name": app.tag };
const bothPlatforms = indexOf([decoy, app]);
const otherPlatform = indexOf([decoy, { ...app, platform: { os: "linux", architecture: "s390x" } }]);

test.each([
  ["another image by the same name", [{ ...descriptor(decoy.manifest), annotations }], []],
  ["another image without a name", [descriptor(decoy.manifest)], []],
  ["both under one name", [decoy, app].map(({ manifest }) => ({ ...descriptor(manifest), annotations })), []],
  ["both in one index", [{ ...descriptor(bothPlatforms), annotations }], [bothPlatforms]],
  ["both for other platforms", [{ ...descriptor(otherPlatform), annotations }], [otherPlatform]],
] as const)(
  "refuses an archive whose index.json lists %s, which containerd loads",
  async (_, roots, more) => {
    for (const form of ["containerd", "graphdriver"] as const) {
      const archive = await read(twoLists(form, roots, more));
      expect(
        codeOf(() => imageOf(archive, { platform: "linux/amd64" })),
        form,
      ).toBe("image-invalid");
    }
  },
);

test("reads an archive whose index.json lists more platforms than manifest.json", async () => {
  const arm = testImage({ layers: [[file("arm")]], platform: { os: "linux", architecture: "arm64" } });
  const index = indexOf([arm, app]);
  const blobs = [index, arm.manifest, arm.config, ...arm.layers];
  const archive = await read(twoLists("containerd", [{ ...descriptor(index), annotations }], blobs));
  expect(imageOf(archive, {}).configDigest).toBe(app.config.digest);
  expect(imageOf(archive, { platform: "linux/arm64" }).configDigest).toBe(arm.config.digest);
});

test("reads an empty layer, which is only zeros", async () => {
  const empty = testImage({ layers: [[], [file("a")]] });
  for (const form of forms) {
    const { layers } = imageOf(await read(imageArchive(form, [empty])), {});
    expect(layers.map(({ reading }) => reading.entries.length)).toEqual([0, 1]);
  }
});

test("skips a layer that the store has", async () => {
  const store = readingsOfThisRun();
  await readArchive(chunksOf(imageArchive("containerd", [app]), 4096), { store });
  const looked: string[] = [];
  const examine = ({ path }: { path: string }) => {
    looked.push(path);
    return undefined;
  };
  const archive = await readArchive(chunksOf(imageArchive("containerd", [app, other]), 4096), {
    examine,
    store,
  });
  expect(imageOf(archive, { name: "app:1" }).layers).toHaveLength(2);
  expect(looked).toEqual(["other"]);
});

test("checks the platform, not only the name", async () => {
  for (const form of ["graphdriver", "containerd", "oci"] as const) {
    const archive = await read(imageArchive(form, [app]));
    expect(imageOf(archive, { platform: "linux/amd64" }).platform).toBe("linux/amd64");
    expect(codeOf(() => imageOf(archive, { platform: "linux/arm64" }))).toBe("platform-missing");
  }
});

test.each(forms)("refuses an archive that ends early, wherever it ends: %s", async (form) => {
  const bytes = imageArchive(form, [app]);
  const whole = imageOf(await read(bytes), {});
  for (let cut = 0; cut < bytes.length; cut += 97) {
    const got = await read(bytes.subarray(0, cut))
      .then((archive) => imageOf(archive, {}), failed)
      .catch(failed);
    // Only the end of the archive is missing.
    if (!(got instanceof Error)) expect(got).toEqual(whole);
    else expect(got.name).toBe("Failure");
  }
});

const without = (path: string) =>
  archiveMembers("containerd", [app]).filter((member) => member.path !== path);
const [firstLayer] = app.layers;

test.each<readonly [name: string, members: readonly TarMember[], wanted: WantedImage, code: string]>([
  ["an archive without manifests", [file("a", "b")], {}, "image-not-found"],
  [
    "an archive without one of the layers",
    without(blobPath(firstLayer?.digest ?? "sha256:")),
    {},
    "blob-missing",
  ],
  ["an archive without the config", without(blobPath(app.config.digest)), {}, "blob-missing"],
  ["a blob under another's digest", damaged(Buffer.from("other")), {}, "digest-mismatch"],
  ["a damaged layer", damaged(firstLayer?.bytes.subarray(0, -9) ?? Buffer.alloc(0)), {}, "archive-truncated"],
  ["a manifest.json that is not a list", [file("manifest.json", "{}")], {}, "image-invalid"],
  ["an oversized document", [file("manifest.json", Buffer.alloc(9 << 20, " "))], {}, "limit-exceeded"],
])("refuses %s", async (_, members, wanted, code) => {
  const archive = await read(tar(members));
  expect(codeOf(() => imageOf(archive, wanted))).toBe(code);
});

test("ignores a damaged blob that belongs to another image", async () => {
  const members = [
    file(blobPath(other.layers[1]?.digest ?? "sha256:"), Buffer.from("\u001f\u008b")),
    ...archiveMembers("containerd", [app]),
  ];
  expect(imageOf(await read(tar(members)), {}).configDigest).toBe(app.config.digest);
});

function read(bytes: Uint8Array) {
  return readArchive(chunksOf(bytes, 1000), { store: readingsOfThisRun() });
}

function damaged(content: Buffer): TarMember[] {
  const path = blobPath(firstLayer?.digest ?? "sha256:");
  return archiveMembers("containerd", [app]).map((member) =>
    member.path === path ? file(path, content) : member,
  );
}

function failed(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function codeOf(action: () => unknown): unknown {
  try {
    action();
    return "none";
  } catch (error) {
    return error instanceof Error && "code" in error ? error.code : error;
  }
}
