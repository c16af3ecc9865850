import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { gzipSync, zstdCompressSync } from "node:zlib";
import type { Algorithm, Digest } from "../../src/oci/digest.ts";
import { file, symlink, type TarMember, tar } from "./tar.ts";

export interface Blob {
  readonly mediaType: string;
  readonly bytes: Buffer;
  readonly digest: Digest;
}

/** A test's image: its blobs, as a registry would serve them. */
export interface TestImage {
  readonly platform: { readonly os: string; readonly architecture: string; readonly variant?: string };
  readonly tag: string;
  readonly config: Blob;
  readonly manifest: Blob;
  /** compressed as requested */
  readonly layers: readonly Blob[];
  /** the same layers, uncompressed */
  readonly tars: readonly Buffer[];
  readonly diffIds: readonly Digest[];
}

export interface TestImageOptions {
  /** each layer as its members, or as the bytes of its tar */
  readonly layers: readonly (readonly TarMember[] | Buffer)[];
  readonly compression?: "gzip" | "zstd" | "none";
  readonly platform?: TestImage["platform"];
  /** a complete reference, such as docker.io/library/app:1 */
  readonly tag?: string;
  /** keys that are added to the image config, or replace generated ones */
  readonly config?: Readonly<Record<string, unknown>>;
  /** digest algorithm of the blobs; sha256 by default */
  readonly algorithm?: Algorithm;
}

const formats = {
  gzip: {
    mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
    compress: (bytes: Buffer) => gzipSync(bytes),
  },
  zstd: {
    mediaType: "application/vnd.oci.image.layer.v1.tar+zstd",
    compress: (bytes: Buffer) => zstdCompressSync(bytes),
  },
  none: { mediaType: "application/vnd.oci.image.layer.v1.tar", compress: (bytes: Buffer) => bytes },
};

export function testImage(options: TestImageOptions): TestImage {
  const platform = options.platform ?? { os: "linux", architecture: "amd64" };
  const format = formats[options.compression ?? "gzip"];
  const tars = options.layers.map((layer) => (Buffer.isBuffer(layer) ? layer : tar(layer)));
  const { algorithm } = options;
  const layers = tars.map((bytes) => blob(format.mediaType, format.compress(bytes), algorithm));
  const diffIds = tars.map((bytes) => digestOf(bytes));
  const config = jsonBlob(
    "application/vnd.oci.image.config.v1+json",
    {
      ...platform,
      config: {},
      rootfs: { type: "layers", diff_ids: diffIds },
      history: diffIds.map((_, index) => ({ created_by: `RUN layer ${index}` })),
      ...options.config,
    },
    algorithm,
  );
  const manifest = jsonBlob(
    "application/vnd.oci.image.manifest.v1+json",
    {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: descriptor(config),
      layers: layers.map(descriptor),
    },
    algorithm,
  );
  return {
    platform,
    tag: options.tag ?? "docker.io/library/app:latest",
    config,
    manifest,
    layers,
    tars,
    diffIds,
  };
}

export function digestOf(bytes: Uint8Array, algorithm: Algorithm = "sha256"): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

export function blob(mediaType: string, bytes: Buffer, algorithm?: Algorithm): Blob {
  return { mediaType, bytes, digest: digestOf(bytes, algorithm) };
}

export function jsonBlob(mediaType: string, value: unknown, algorithm?: Algorithm): Blob {
  return blob(mediaType, Buffer.from(JSON.stringify(value)), algorithm);
}

export function descriptor({ mediaType, digest, bytes }: Blob) {
  return { mediaType, digest, size: bytes.length };
}

/** Returns a manifest of any blobs. Fields of `more` are added, or replace generated ones. */
export function manifestOf(config: Blob, layers: readonly Blob[], more: object = {}): Blob {
  const mediaType = "application/vnd.oci.image.manifest.v1+json";
  return jsonBlob(mediaType, {
    schemaVersion: 2,
    mediaType,
    config: descriptor(config),
    layers: layers.map(descriptor),
    ...more,
  });
}

/** Returns an index of images with their platforms, followed by the descriptors `more`. */
export function indexOf(images: readonly TestImage[], more: readonly unknown[] = []): Blob {
  return jsonBlob("application/vnd.oci.image.index.v1+json", {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [
      ...images.map((image) => ({ ...descriptor(image.manifest), platform: image.platform })),
      ...more,
    ],
  });
}

/** Returns the files of an OCI image layout, by path. */
export function layoutFiles(images: readonly TestImage[], more: readonly Blob[] = []): Map<string, Buffer> {
  const manifests = images.map((image) => ({
    ...descriptor(image.manifest),
    platform: image.platform,
    annotations: {
      "io.containerd.image.name": image.tag,
      "org.opencontainers.image.ref.name": image.tag.slice(image.tag.lastIndexOf(":") + 1),
    },
  }));
  const blobs = [...images.flatMap((image) => [image.config, image.manifest, ...image.layers]), ...more];
  return new Map<string, Buffer>([
    ...blobs
      .map(({ digest, bytes }) => [blobPath(digest), bytes] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
    ["index.json", Buffer.from(JSON.stringify({ schemaVersion: 2, manifests }))],
    ["oci-layout", Buffer.from('{"imageLayoutVersion":"1.0.0"}')],
  ]);
}

export function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}

/** Returns the function with which readLayout opens files: here, from memory. */
export function opener(files: ReadonlyMap<string, Uint8Array>): (path: string) => Promise<Readable> {
  return async (path) => {
    const bytes = files.get(path);
    if (bytes === undefined) throw Object.assign(new Error(`no such file: ${path}`), { code: "ENOENT" });
    return Readable.from([bytes]);
  };
}

/**
 * The program that wrote an archive: each variant of `docker save`, BuildKit's `type=oci`, skopeo's
 * docker-archive.
 */
export type ArchiveForm = "graphdriver" | "graphdriver-before-25" | "containerd" | "oci" | "skopeo";

/** Returns the bytes of an archive of the images, in the form that the named program writes. */
export function imageArchive(form: ArchiveForm, images: readonly TestImage[]): Buffer {
  return tar(archiveMembers(form, images));
}

export function archiveMembers(form: ArchiveForm, images: readonly TestImage[]): TarMember[] {
  switch (form) {
    case "oci":
      return filesOf(layoutFiles(images));
    case "containerd":
      return [...filesOf(layoutFiles(images)), archiveManifest(images, containerdEntry)];
    case "graphdriver":
      return graphdriverMembers(images);
    case "graphdriver-before-25":
      return legacyMembers(images);
    case "skopeo":
      return skopeoMembers(images);
  }
}

function containerdEntry(image: TestImage) {
  return {
    Config: blobPath(image.config.digest),
    Layers: image.layers.map((layer) => blobPath(layer.digest)),
  };
}

function graphdriverMembers(images: readonly TestImage[]): TarMember[] {
  const saved = images.map((image) => {
    const layers = image.tars.map((bytes) => blob("application/vnd.oci.image.layer.v1.tar", bytes));
    const manifest = jsonBlob("application/vnd.oci.image.manifest.v1+json", {
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: descriptor(image.config),
      layers: layers.map(descriptor),
    });
    return { ...image, layers, manifest };
  });
  return [
    ...filesOf(layoutFiles(saved)),
    archiveManifest(saved, (image) => ({
      ...containerdEntry(image),
      LayerSources: Object.fromEntries(image.layers.map((layer) => [layer.digest, descriptor(layer)])),
    })),
  ];
}

function legacyMembers(images: readonly TestImage[]): TarMember[] {
  const written = new Map<Digest, string>();
  const members: TarMember[] = [];
  const layerNames = images.map((image, imageIndex) =>
    image.tars.map((bytes, index) => {
      const diffId = digestOf(bytes);
      const id = `${imageIndex}${index}`.padEnd(64, "a");
      const first = written.get(diffId);
      members.push(
        file(`${id}/VERSION`, "1.0"),
        file(`${id}/json`, JSON.stringify({ id })),
        first === undefined ? file(`${id}/layer.tar`, bytes) : symlink(`${id}/layer.tar`, `../${first}`),
      );
      written.set(diffId, first ?? `${id}/layer.tar`);
      return `${id}/layer.tar`;
    }),
  );
  return [
    ...members,
    ...images.map((image) => file(`${hex(image.config.digest)}.json`, image.config.bytes)),
    archiveManifest(images, (image) => ({
      Config: `${hex(image.config.digest)}.json`,
      Layers: layerNames[images.indexOf(image)],
    })),
    file("repositories", "{}"),
  ];
}

function skopeoMembers(images: readonly TestImage[]): TarMember[] {
  return [
    ...images.flatMap((image) => [
      ...image.tars.map((bytes) => file(`${hex(digestOf(bytes))}.tar`, bytes)),
      file(`${hex(image.config.digest)}.json`, image.config.bytes),
    ]),
    archiveManifest(images, (image) => ({
      Config: `${hex(image.config.digest)}.json`,
      Layers: image.diffIds.map((diffId) => `${hex(diffId)}.tar`),
    })),
  ];
}

function archiveManifest(images: readonly TestImage[], entry: (image: TestImage) => object): TarMember {
  const entries = images.map((image) => ({
    RepoTags: [image.tag.replace("docker.io/library/", "")],
    ...entry(image),
  }));
  return file("manifest.json", JSON.stringify(entries));
}

function filesOf(files: ReadonlyMap<string, Buffer>): TarMember[] {
  return [...files].map(([path, bytes]) => file(path, bytes));
}

function hex(digest: Digest): string {
  return digest.slice("sha256:".length);
}
