import { Failure } from "../../failure.ts";
import {
  type Candidate,
  chooseManifest,
  listCandidates,
  type WantedPlatform,
} from "../../image/documents/choose.ts";
import { parseConfig } from "../../image/documents/config.ts";
import { checkLayerType, failureOfLayer } from "../../image/documents/layer-type.ts";
import type { Descriptor, Manifest } from "../../image/documents/manifest.ts";
import { verifyBlob } from "../../image/documents/verify.ts";
import { assembleImage, type Image, type ImageLayer } from "../../image/image.ts";
import type { ReadingStore } from "../../image/readings/reading-store.ts";
import type { Digest } from "../../oci/digest.ts";
import type { ReceivedBlob } from "./upload.ts";

/** What a push delivered. */
export interface Received {
  /** what the tag points to: an image manifest, or an index of several */
  readonly root: Descriptor;
  /** manifests and indexes, verified */
  readonly manifests: ReadonlyMap<Digest, Uint8Array>;
  /** blobs sent in this push; layers that had been read before are not sent */
  readonly blobs: ReadonlyMap<Digest, ReceivedBlob>;
  /** blobs taken on trust; their sizes are unknown */
  readonly trusted: ReadonlySet<Digest>;
}

/** Selects one image of a push. */
export interface WantedOfPush extends WantedPlatform {
  /** the config that the builder reported */
  readonly configDigest?: Digest | undefined;
}

/**
 * Assembles an image from what was pushed and what had been read before. The pull size is exact unless blobs
 * were taken on trust: the manifest, config and blobs are those that a registry would have received.
 * @throws Failure platform-missing, digest-mismatch, blob-missing, image-invalid, layer-unsupported, or the
 * failure of reading a layer
 */
export function imageOfPush(received: Received, store: ReadingStore, wanted: WantedOfPush): Image {
  const { descriptor, manifest } = chooseCandidate(received, wanted);
  const configBytes = configOf(received, manifest);
  const config = parseConfig(configBytes);
  const manifestSize = received.manifests.get(descriptor.digest)?.length ?? descriptor.size;
  const layers = manifest.layers.map((layer, index) =>
    layerOf(layer, config.diffIds[index], received, store),
  );
  // For blobs taken on trust, the manifest contains sizes that the registry made up.
  const isServed = layers.every(({ blob }) => blob !== null);
  return assembleImage({
    digest: isServed ? descriptor.digest : null,
    configDigest: manifest.config.digest,
    metadataSize: isServed ? manifestSize + configBytes.length : null,
    config,
    layers,
  });
}

/** Returns the blobs that were taken on trust although their layers have not been read. */
export function unprovenOf(received: Received, store: ReadingStore, wanted: WantedOfPush): readonly Digest[] {
  const { manifest } = chooseCandidate(received, wanted);
  const { diffIds } = parseConfig(configOf(received, manifest));
  return manifest.layers.flatMap(({ digest }, index) =>
    received.trusted.has(digest) && store.find({ diffId: diffIds[index] }) === undefined ? [digest] : [],
  );
}

function configOf(received: Received, manifest: Manifest): Uint8Array {
  const config = received.blobs.get(manifest.config.digest);
  if (config?.kind === "failed") throw unreadable("config", manifest.config, config.failure);
  if (config?.kind !== "document") throw missing("config", manifest.config);
  verifyBlob(manifest.config, { digest: config.digest, size: config.bytes.length });
  return config.bytes;
}

function chooseCandidate({ root, manifests, blobs }: Received, wanted: WantedOfPush): Candidate {
  const documents = new Map(manifests);
  for (const [digest, blob] of blobs) if (blob.kind === "document") documents.set(digest, blob.bytes);
  const { configDigest } = wanted;
  if (configDigest === undefined) return chooseManifest([root], documents, wanted);
  const built = listCandidates([root], documents).find(
    ({ manifest }) => manifest.config.digest === configDigest,
  );
  if (built !== undefined) return built;
  throw new Failure(
    "digest-mismatch",
    `The image that the engine pushed is not the one that was built (${configDigest}): it was replaced in between. Run again.`,
  );
}

function layerOf(
  descriptor: Descriptor,
  diffId: Digest | undefined,
  { blobs, trusted }: Received,
  store: ReadingStore,
): ImageLayer {
  const { digest } = descriptor;
  const proven = trusted.has(digest) ? store.find({ diffId }) : undefined;
  if (proven !== undefined) return { reading: proven, blob: null };
  const received = blobs.get(digest);
  const reading = received?.kind === "layer" ? received.reading : store.find({ digest });
  const size = received?.kind === "layer" ? received.size : store.sizeOf(digest);
  if (reading === undefined || size === undefined) {
    checkLayerType(descriptor);
    if (received === undefined) throw failureOfLayer(descriptor, missing("layer", descriptor));
    throw unreadable("layer", descriptor, received.kind === "failed" ? received.failure : notATar());
  }
  verifyBlob(descriptor, { digest, size });
  return { reading, blob: { digest, size } };
}

function unreadable(what: string, { digest }: Descriptor, { code, message }: Failure): Failure {
  return new Failure(code, `The image's ${what} ${digest} cannot be read. ${message}`);
}

function notATar(): Failure {
  return new Failure("archive-invalid", "It is neither a tar nor a compressed tar.");
}

function missing(what: string, { digest }: Descriptor): Failure {
  return new Failure(
    "blob-missing",
    `The engine pushed an image without its ${what} ${digest}. Build or pull the image again.`,
  );
}
