import type { Readable } from "node:stream";
import { Failure } from "../../failure.ts";
import { algorithmOf, blobPath, type Digest } from "../../oci/digest.ts";
import {
  type Candidate,
  chooseManifest,
  namedRoots,
  type WantedName,
  type WantedPlatform,
} from "../documents/choose.ts";
import { parseConfig } from "../documents/config.ts";
import { field, parseJson } from "../documents/json.ts";
import { checkLayerType, failureOfLayer } from "../documents/layer-type.ts";
import { type Descriptor, parseIndex } from "../documents/manifest.ts";
import { verifyBlob } from "../documents/verify.ts";
import { assembleImage, type Image, type ImageLayer } from "../image.ts";
import { readLayer } from "../layer/layer.ts";
import { limits } from "../limits.ts";
import type { ReadOptions } from "../readings/read-options.ts";
import { collect, isMissing, loadDocuments, type OpenFile } from "./documents.ts";
import { whyNoLayout } from "./no-layout.ts";

/** The name is the one in index.json's annotations: a full name, or a tag alone. */
export interface LayoutOptions extends ReadOptions, WantedPlatform, WantedName {}

/**
 * Reads one image from an OCI image layout (image-spec image-layout.md), four layers at a time. Does not open
 * a layer whose blob is in the store with the same digest and size. Verifies the digest and size of every
 * other blob, and the diff ID of every layer.
 * @throws Failure image-not-found, image-invalid, platform-missing, blob-missing, digest-mismatch, and what
 * readLayer throws
 */
export async function readLayout(open: OpenFile, options: LayoutOptions): Promise<Image> {
  await checkVersion(open);
  const roots = parseIndex(await readFile(open, "index.json", limits.manifest), null);
  const documents = await loadDocuments(open, namedRoots(roots, options));
  const chosen = chooseManifest(roots, documents, options);
  return readImage(open, chosen, documents, options);
}

async function readImage(
  open: OpenFile,
  { descriptor, manifest }: Candidate,
  documents: ReadonlyMap<Digest, Uint8Array>,
  options: LayoutOptions,
): Promise<Image> {
  const config = documents.get(manifest.config.digest);
  if (config === undefined) throw blobMissing(manifest.config);
  return assembleImage({
    digest: descriptor.digest,
    configDigest: manifest.config.digest,
    metadataSize: (documents.get(descriptor.digest)?.length ?? 0) + config.length,
    config: parseConfig(config),
    layers: await readLayers(open, manifest.layers, options),
  });
}

/** The number of layers to decompress in parallel: Node has four threads for zlib. */
const workerCount = 4;

async function readLayers(
  open: OpenFile,
  descriptors: readonly Descriptor[],
  { examine, store }: LayoutOptions,
): Promise<ImageLayer[]> {
  const layers = new Map<Digest, ImageLayer>();
  const pending = [...new Map(descriptors.map((descriptor) => [descriptor.digest, descriptor])).values()];
  const opened = new Set<Readable>();
  const work = async () => {
    for (let descriptor = pending.shift(); descriptor !== undefined; descriptor = pending.shift()) {
      const { digest, size } = descriptor;
      // The size counts in the pull size. If it is wrong, reading the blob refuses it.
      const known = size > 0 && store.sizeOf(digest) === size ? store.find({ digest }) : undefined;
      layers.set(digest, known ? { reading: known, blob: { digest, size } } : await readBlob(descriptor));
    }
  };
  const readBlob = async (descriptor: Descriptor): Promise<ImageLayer> => {
    checkLayerType(descriptor);
    const stream = await openBlob(open, descriptor);
    opened.add(stream);
    const algorithm = algorithmOf(descriptor.digest);
    const { reading, blob } = await readLayer(stream, { examine, algorithm }).catch((error) => {
      throw failureOfLayer(descriptor, error);
    });
    opened.delete(stream);
    verifyBlob(descriptor, blob);
    store.keep(reading, blob);
    return { reading, blob };
  };
  const workers = Array.from({ length: workerCount }, work);
  try {
    await Promise.all(workers);
  } finally {
    // After a failure, stops the other workers and waits for them, so that nothing stays open.
    pending.length = 0;
    for (const stream of opened) stream.destroy();
    await Promise.allSettled(workers);
  }
  return descriptors.map(({ digest }) => {
    const layer = layers.get(digest);
    if (layer === undefined) throw new Error(`layer ${digest} was not read`);
    return layer;
  });
}

async function checkVersion(open: OpenFile): Promise<void> {
  const version = field(
    parseJson(await readFile(open, "oci-layout", limits.manifest), what, limits.manifest),
    "imageLayoutVersion",
    what,
  );
  if (typeof version !== "string" || !version.startsWith("1.")) {
    throw new Failure(
      "image-invalid",
      "The directory's oci-layout file does not specify version 1. Export the image again.",
    );
  }
}

const what = "oci-layout file";

async function readFile(open: OpenFile, path: string, maxSize: number): Promise<Uint8Array> {
  try {
    return await collect(await open(path), maxSize);
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw await whyNoLayout(open, path);
  }
}

async function openBlob(open: OpenFile, descriptor: Descriptor): Promise<Readable> {
  try {
    return await open(blobPath(descriptor.digest));
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw failureOfLayer(descriptor, blobMissing(descriptor));
  }
}

function blobMissing({ digest }: Descriptor): Failure {
  return new Failure(
    "blob-missing",
    `The image's blob ${digest} is missing. Save, export or pull the image again.`,
  );
}
