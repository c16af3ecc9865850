import { Failure } from "../../failure.ts";
import { blobPath } from "../../oci/digest.ts";
import { readablePlatform } from "../../oci/platform.ts";
import { type Candidate, configPlatform, isForPlatform, listCandidates } from "../documents/choose.ts";
import { checkLayerType, failureOfLayer } from "../documents/layer-type.ts";
import type { Descriptor } from "../documents/manifest.ts";
import { verifyBlob } from "../documents/verify.ts";
import { assembleImage, type Image, type ImageLayer } from "../image.ts";
import { limits } from "../limits.ts";
import { type BytePath, cleanPath } from "../path.ts";
import type { ReadOptions } from "../readings/read-options.ts";
import { readTar } from "../tar/tar.ts";
import { checkAgreement } from "./agreement.ts";
import { type ArchiveImage, readArchiveManifest } from "./archive-manifest.ts";
import { chooseEntry, chooseIndexed, type WantedImage } from "./choose.ts";
import { type Archive, configAt, documentAt, documentsOf, layerAt, rootsOf } from "./lookup.ts";
import { type ArchiveMember, readMember } from "./member.ts";
import { otherKind, whyNoImages } from "./other-kinds.ts";
import { tarOf } from "./stream.ts";

/**
 * Reads an archive in one pass, without keeping the bytes of layers: from `docker save` of any engine, an OCI
 * layout as a tar, or skopeo's docker-archive, compressed or not. Blobs may precede the manifests that
 * describe them, so a member's first bytes decide: a tar, gzip or zstd is a layer and is read immediately,
 * everything else is a document. A blob whose digest is in the store is skipped.
 * @throws Failure archive-invalid, archive-truncated, image-unsupported, limit-exceeded
 */
export async function readArchive(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<Archive> {
  const members = new Map<BytePath, ArchiveMember>();
  let documentBytes = 0;
  for await (const member of readTar(tarOf(bytes), { isMarked: true })) {
    const { path } = cleanPath(member.path);
    const read = await readMember(path, member, options);
    if (read === null) continue;
    members.set(path, read);
    if (read.kind === "document") documentBytes += read.bytes.length;
    if (documentBytes > limits.archiveMembers || members.size > limits.archiveEntries)
      throw otherKind(members) ?? tooMuch();
  }
  return { members };
}

/**
 * Assembles one image of an archive. Uses `manifest.json` if there is one, because a graph driver's index
 * lists only one of several images that were saved by ID (moby/moby#51389). Uses `index.json` for an archive
 * without `manifest.json`, and for a platform that `manifest.json` lacks.
 *
 * Blobs count as a registry's if `index.json` leads to them and `manifest.json` has no LayerSources. With
 * LayerSources, a graph driver made up the manifest for the archive, and no registry serves the layers in
 * that form.
 * @throws Failure image-not-found, image-unsupported, platform-missing, blob-missing (moby/moby#49473),
 * image-invalid, digest-mismatch
 */
export function imageOf(archive: Archive, wanted: WantedImage): Image {
  const entries = readArchiveManifest(documentAt(archive, "manifest.json"));
  const roots = rootsOf(archive);
  if (entries.length === 0 && roots.length === 0) throw whyNoImages(archive.members);
  const entry = entries.length === 0 ? null : chooseEntry(archive, entries, roots, wanted);
  if (entry !== null) checkAgreement(archive, { entry, isOnly: entries.length === 1 }, roots);
  const hasNoAlternative = entry?.hasLayerSources || roots.length === 0;
  if (entry !== null && (hasNoAlternative || isEntryForPlatform(archive, entry, wanted))) {
    return imageOfEntry(archive, entry, roots, wanted);
  }
  return imageOfManifest(archive, chooseIndexed(archive, roots, wanted));
}

function isEntryForPlatform(archive: Archive, entry: ArchiveImage, { platform }: WantedImage): boolean {
  return (
    platform === undefined || isForPlatform(configPlatform(configAt(archive, entry.config).config), platform)
  );
}

function imageOfEntry(
  archive: Archive,
  entry: ArchiveImage,
  roots: readonly Descriptor[],
  wanted: WantedImage,
): Image {
  const { config, digest } = configAt(archive, entry.config);
  if (!isEntryForPlatform(archive, entry, wanted))
    throw platformMissing(wanted, readablePlatform(configPlatform(config)));
  const served = entry.hasLayerSources
    ? undefined
    : listCandidates(roots, documentsOf(archive)).find(({ manifest }) => manifest.config.digest === digest);
  if (served !== undefined) return imageOfManifest(archive, served);
  const layers = entry.layers.map((name) => ({ reading: layerAt(archive, name).reading, blob: null }));
  return assembleImage({ digest: null, configDigest: digest, metadataSize: null, config, layers });
}

function imageOfManifest(archive: Archive, { descriptor, manifest }: Candidate): Image {
  const { config, digest, size } = configAt(archive, blobPath(manifest.config.digest));
  const layers = manifest.layers.map((layer): ImageLayer => {
    const { reading, ...blob } = layerOf(archive, layer);
    verifyBlob(layer, blob);
    return { reading, blob };
  });
  const manifestSize = documentsOf(archive).get(descriptor.digest)?.length ?? descriptor.size;
  const metadataSize = manifestSize + size;
  return assembleImage({ digest: descriptor.digest, configDigest: digest, metadataSize, config, layers });
}

function layerOf(archive: Archive, layer: Descriptor) {
  checkLayerType(layer);
  try {
    const { reading, digest, size } = layerAt(archive, blobPath(layer.digest));
    return { reading, digest, size };
  } catch (error) {
    throw failureOfLayer(layer, error);
  }
}

function platformMissing({ platform }: WantedImage, available: string): Failure {
  return new Failure(
    "platform-missing",
    `The archive has no image for ${platform}, only for ${available}. Save the image for ${platform}.`,
  );
}

function tooMuch(): Failure {
  return new Failure("limit-exceeded", "The archive has more documents than any honest image archive.");
}
