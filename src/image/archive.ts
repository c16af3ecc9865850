import { Failure } from "../failure.ts";
import { type ArchiveImage, readArchiveManifest } from "./archive-manifest.ts";
import { type ArchiveMember, type ReadOptions, readMember } from "./archive-member.ts";
import {
  type Candidate,
  chooseManifest,
  configPlatform,
  listCandidates,
  type WantedPlatform,
} from "./choose.ts";
import { decompress } from "./compression.ts";
import { parseConfig } from "./config.ts";
import { blobPath, type Digest } from "./digest.ts";
import { assembleImage, type Image, type ImageLayer } from "./image.ts";
import { hasName, isSameName } from "./image-name.ts";
import type { BytePath } from "./layer-reading.ts";
import { limits } from "./limits.ts";
import { type Descriptor, parseIndex } from "./manifest.ts";
import { cleanPath } from "./path.ts";
import { formatPlatform, isSamePlatform, parsePlatform } from "./platform.ts";
import { readTar } from "./tar.ts";
import { verifyBlob } from "./verify.ts";

/** What an archive holds, by the clean names of its members; which of it is an image, `imageOf` says. */
export interface Archive {
  readonly members: ReadonlyMap<BytePath, ArchiveMember>;
}

/** Which of an archive's images is meant. With neither a reference nor a digest, the only one. */
export interface WantedImage extends WantedPlatform {
  readonly reference?: string | undefined;
  readonly configDigest?: Digest | undefined;
}

/**
 * Reads an archive in one pass, without keeping a layer's bytes: `docker save` of any engine, an OCI layout as a tar,
 * skopeo's docker-archive; packed or not. Blobs come before the manifests that say what they are, so a member's
 * first bytes tell: a tar, gzip or zstd is a layer and is read at once, the rest are documents. A blob
 * whose digest the store knows is passed over.
 * @throws Failure archive-invalid, archive-truncated, limit-exceeded
 */
export async function readArchive(bytes: AsyncIterable<Uint8Array>, options: ReadOptions): Promise<Archive> {
  const members = new Map<BytePath, ArchiveMember>();
  let documentBytes = 0;
  for await (const member of readTar(decompress(bytes), { isMarked: true })) {
    const { path } = cleanPath(member.path);
    const read = await readMember(path, member, options);
    if (read === null) continue;
    members.set(path, read);
    if (read.kind === "document") documentBytes += read.bytes.length;
    if (documentBytes > limits.archiveMembers || members.size > limits.archiveEntries) throw tooMuch();
  }
  return { members };
}

/**
 * Puts one image of an archive together. `manifest.json` decides where there is one, since the index of an engine with a graph
 * driver lists one image only when several were saved by ID (moby/moby#51389); for a platform that it does not have, and for
 * an archive without it, `index.json` does.
 *
 * Blobs count as a registry's where `index.json` leads to them, and `manifest.json` has no LayerSources: those are a graph driver's,
 * whose manifest was made up for the archive, over layers that no registry serves that way.
 * @throws Failure image-not-found, platform-missing, blob-missing (moby/moby#49473), image-invalid, digest-mismatch
 */
export function imageOf(archive: Archive, wanted: WantedImage): Image {
  const entries = readArchiveManifest(documentAt(archive, "manifest.json"));
  const roots = rootsOf(archive);
  if (entries.length === 0 && roots.length === 0) throw noImages();
  const entry = entries.length === 0 ? null : chooseEntry(archive, entries, wanted);
  const isFinal = entry?.hasLayerSources || roots.length === 0;
  if (entry !== null && (isFinal || isForPlatform(archive, entry, wanted))) {
    return imageOfEntry(archive, entry, roots, wanted);
  }
  return imageOfManifest(archive, chooseIndexed(archive, roots, wanted));
}

/** The member at `path`, through links. @throws Failure blob-missing, or what reading the member failed with */
function memberAt(archive: Archive, path: string): Exclude<ArchiveMember, { kind: "link" | "failed" }> {
  let member = archive.members.get(cleanPath(path).path);
  for (let links = 0; member?.kind === "link" && links < limits.links; links++) {
    member = archive.members.get(member.target);
  }
  if (member?.kind === "failed") throw member.failure;
  if (member === undefined || member.kind === "link") {
    throw new Failure("blob-missing", `The archive lacks ${JSON.stringify(path)}; save the image again.`);
  }
  return member;
}

function chooseEntry(archive: Archive, entries: readonly ArchiveImage[], wanted: WantedImage): ArchiveImage {
  const matching = entries.filter((entry) => isWanted(archive, entry, wanted, entries.length === 1));
  const [chosen] = matching;
  if (chosen === undefined || matching.some(({ config }) => config !== chosen.config))
    throw notFound(wanted, entries);
  return chosen;
}

/** An image that was saved by ID or digest has no tag in the archive: its config, or its being the only one, tells. */
function isWanted(
  archive: Archive,
  { config, tags }: ArchiveImage,
  wanted: WantedImage,
  isOnly: boolean,
): boolean {
  const { reference, configDigest } = wanted;
  if (configDigest !== undefined) return memberAt(archive, config).digest === configDigest;
  if (reference === undefined || tags.some((tag) => isSameName(tag, reference))) return true;
  if (reference.includes("@")) return isOnly;
  const id = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(reference)?.[1];
  return id !== undefined && memberAt(archive, config).digest.startsWith(`sha256:${id}`);
}

function chooseIndexed(archive: Archive, roots: readonly Descriptor[], wanted: WantedImage): Candidate {
  const { reference, configDigest } = wanted;
  const documents = documentsOf(archive);
  const named = roots.filter((root) => reference === undefined || hasName(root, reference));
  if (named.length === 0) throw notFound(wanted, []);
  if (configDigest === undefined) return chooseManifest(named, documents, wanted);
  const chosen = listCandidates(named, documents).find(
    ({ manifest }) => manifest.config.digest === configDigest,
  );
  if (chosen === undefined) throw notFound(wanted, []);
  return chosen;
}

function isForPlatform(archive: Archive, entry: ArchiveImage, { platform }: WantedImage): boolean {
  return (
    platform === undefined ||
    isSamePlatform(configPlatform(configAt(archive, entry.config).config), parsePlatform(platform))
  );
}

function imageOfEntry(
  archive: Archive,
  entry: ArchiveImage,
  roots: readonly Descriptor[],
  wanted: WantedImage,
): Image {
  const { config, digest } = configAt(archive, entry.config);
  if (!isForPlatform(archive, entry, wanted))
    throw platformMissing(wanted, formatPlatform(configPlatform(config)));
  const served = entry.hasLayerSources
    ? undefined
    : listCandidates(roots, documentsOf(archive)).find(({ manifest }) => manifest.config.digest === digest);
  if (served !== undefined) return imageOfManifest(archive, served);
  const layers = entry.layers.map((name) => ({ reading: layerAt(archive, name).reading, blob: null }));
  return assembleImage({ digest: null, configDigest: digest, metadataSize: null, config, layers });
}

function imageOfManifest(archive: Archive, { descriptor, manifest }: Candidate): Image {
  const { config, digest } = configAt(archive, blobPath(manifest.config.digest));
  const layers: ImageLayer[] = manifest.layers.map((layer) => {
    const { reading, digest: actual, size } = layerAt(archive, blobPath(layer.digest));
    verifyBlob(layer, { digest: actual, size });
    return { reading, blob: { digest: actual, size } };
  });
  const metadataSize = descriptor.size + manifest.config.size;
  return assembleImage({ digest: descriptor.digest, configDigest: digest, metadataSize, config, layers });
}

function configAt(archive: Archive, name: string) {
  const member = memberAt(archive, name);
  if (member.kind !== "document") throw misplaced(name, "an image config");
  return { config: parseConfig(member.bytes), digest: member.digest };
}

function layerAt(archive: Archive, name: string) {
  const member = memberAt(archive, name);
  if (member.kind !== "layer") throw misplaced(name, "a layer");
  return member;
}

function rootsOf(archive: Archive): readonly Descriptor[] {
  const index = documentAt(archive, "index.json");
  return index === null ? [] : parseIndex(index, null);
}

function documentAt(archive: Archive, name: string): Uint8Array | null {
  if (!archive.members.has(name)) return null;
  const member = memberAt(archive, name);
  if (member.kind !== "document") throw misplaced(name, "JSON");
  return member.bytes;
}

/** The documents that stand under their own digest, which was verified when they were read. */
function documentsOf(archive: Archive): ReadonlyMap<Digest, Uint8Array> {
  const documents = new Map<Digest, Uint8Array>();
  for (const [path, member] of archive.members) {
    if (member.kind === "document" && path.startsWith("blobs/sha256/"))
      documents.set(member.digest, member.bytes);
  }
  return documents;
}

function misplaced(name: string, expected: string): Failure {
  return new Failure(
    "image-invalid",
    `The archive's ${JSON.stringify(name)} is not ${expected}; save the image again.`,
  );
}

function noImages(): Failure {
  return new Failure(
    "image-not-found",
    "The archive has no manifest.json and no index.json, so it holds no image.",
  );
}

function notFound({ reference, configDigest }: WantedImage, entries: readonly ArchiveImage[]): Failure {
  const there = entries.flatMap(({ tags }) => tags).slice(0, 20);
  const which = reference ?? configDigest;
  return new Failure(
    "image-not-found",
    which === undefined
      ? `The archive holds ${entries.length} images; say which one is meant${there.length > 0 ? `: ${there.join(", ")}` : ""}.`
      : `The archive holds no image ${which}${there.length > 0 ? `, only ${there.join(", ")}` : ""}.`,
  );
}

function platformMissing({ platform }: WantedImage, there: string): Failure {
  return new Failure(
    "platform-missing",
    `The archive has no image for ${platform}, only for ${there}; save that platform.`,
  );
}

function tooMuch(): Failure {
  return new Failure("limit-exceeded", "The archive has more documents than any honest archive of images.");
}
