import { createHash, type Hash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Content } from "./content.ts";
import type { PlannedFile } from "./image-plan.ts";
import { layerMembers, type Member, tarBytes } from "./layer-tar.ts";

/** A generated layer. The file holds its compressed bytes. */
export interface MadeLayer {
  readonly file: string;
  readonly diffId: string;
  readonly digest: string;
  /** size of the file in bytes */
  readonly size: number;
}

/**
 * Writes each layer to the directory, gzipped as in registries. Compresses all layers at once on zlib's
 * threads.
 */
export function makeLayers(
  layers: readonly (readonly PlannedFile[])[],
  content: Content,
  { directory, signal }: { directory: string; signal: AbortSignal },
): Promise<readonly MadeLayer[]> {
  const make = async (files: readonly PlannedFile[], index: number): Promise<MadeLayer> => {
    const file = join(directory, `layer-${index}.tar.gz`);
    const [unpacked, packed] = [createHash("sha256"), createHash("sha256")];
    const bytes = hashed(tarBytes(layerMembers(files, content)), unpacked);
    const gzip = createGzip({ level: 6, chunkSize: 65_536 });
    const write = (zipped: AsyncIterable<Uint8Array>) => hashed(zipped, packed);
    await pipeline(Readable.from(bytes, { objectMode: false }), gzip, write, createWriteStream(file), {
      signal,
    });
    return { file, diffId: digestOf(unpacked), digest: digestOf(packed), size: (await stat(file)).size };
  };
  return Promise.all(layers.map(make));
}

/**
 * Returns an archive that `docker load` reads on either image store: an OCI layout that also has
 * docker-archive's `manifest.json`.
 */
export function archiveBytes(layers: readonly MadeLayer[], reference: string): AsyncIterable<Uint8Array> {
  const config = Buffer.from(JSON.stringify(configOf(layers)));
  const manifest = Buffer.from(JSON.stringify(manifestOf(layers, config)));
  const index = {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.index.v1+json",
    manifests: [
      {
        ...descriptor("application/vnd.oci.image.manifest.v1+json", manifest),
        annotations: { "io.containerd.image.name": `docker.io/${reference}` },
      },
    ],
  };
  const dockerManifest = [
    {
      Config: blobPath(hashOf(config)),
      RepoTags: [reference],
      Layers: layers.map(({ digest }) => blobPath(digest)),
    },
  ];
  return tarBytes([
    memory("oci-layout", Buffer.from('{"imageLayoutVersion":"1.0.0"}')),
    memory("index.json", Buffer.from(JSON.stringify(index))),
    memory("manifest.json", Buffer.from(JSON.stringify(dockerManifest))),
    memory(blobPath(hashOf(config)), config),
    memory(blobPath(hashOf(manifest)), manifest),
    ...layers.map(({ file, digest, size }) => ({
      path: blobPath(digest),
      mode: 0o644,
      size,
      content: fileBytes(file),
    })),
  ]);
}

/** Reads a file. Opens it only when the archive reaches it. */
async function* fileBytes(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file, { highWaterMark: 1_000_000 });
}

function configOf(layers: readonly MadeLayer[]) {
  const created = "1970-01-01T00:00:00Z";
  return {
    architecture: process.arch === "x64" ? "amd64" : process.arch,
    os: "linux",
    created,
    config: { Cmd: ["/none"] },
    rootfs: { type: "layers", diff_ids: layers.map(({ diffId }) => diffId) },
    history: layers.map((_, index) => ({ created, created_by: `benchmark's layer ${index}` })),
  };
}

function manifestOf(layers: readonly MadeLayer[], config: Buffer) {
  return {
    schemaVersion: 2,
    mediaType: "application/vnd.oci.image.manifest.v1+json",
    config: descriptor("application/vnd.oci.image.config.v1+json", config),
    layers: layers.map(({ digest, size }) => ({
      mediaType: "application/vnd.oci.image.layer.v1.tar+gzip",
      digest,
      size,
    })),
  };
}

function descriptor(mediaType: string, bytes: Buffer) {
  return { mediaType, digest: hashOf(bytes), size: bytes.length };
}

function memory(path: string, bytes: Buffer): Member {
  return { path, mode: 0o644, size: bytes.length, content: [bytes] };
}

function blobPath(digest: string): string {
  return `blobs/${digest.replace(":", "/")}`;
}

function hashOf(bytes: Buffer): string {
  return digestOf(createHash("sha256").update(bytes));
}

function digestOf(hash: Hash): string {
  return `sha256:${hash.digest("hex")}`;
}

async function* hashed(bytes: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
}
