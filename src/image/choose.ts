import { Failure } from "../failure.ts";
import { type ImageConfig, parseConfig } from "./config.ts";
import type { Digest } from "./digest.ts";
import { limits } from "./limits.ts";
import { type Descriptor, type Manifest, parseIndex, parseManifest } from "./manifest.ts";
import { kindOf } from "./media-type.ts";
import { formatPlatform, isSamePlatform, type Platform, parsePlatform } from "./platform.ts";

/** One image manifest, and the platform that it is for. */
export interface Candidate {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly platform: Platform;
  /** the descriptor of the layout's or archive's index.json that it was reached from */
  readonly root: Descriptor;
}

export interface WantedPlatform {
  /** as asked for, `os/architecture[/variant]`; undefined: whichever there is */
  readonly platform?: string | undefined;
  /** what is taken when none is asked for and there are several */
  readonly defaultPlatform?: string | undefined;
}

/** The JSON blobs of a layout or archive, verified, by digest. */
export type Documents = ReadonlyMap<Digest, Uint8Array>;

/**
 * Chooses an image manifest by platform, through nested indexes. Attestations and platforms whose manifest is not here (an
 * engine keeps the index of all, and the blobs of one) do not count.
 * @throws Failure platform-missing, image-not-found, blob-missing, image-invalid
 */
export function chooseManifest(
  roots: readonly Descriptor[],
  documents: Documents,
  wanted: WantedPlatform,
): Candidate {
  const candidates = listCandidates(roots, documents);
  const [first] = candidates;
  if (first === undefined) throw nothing(roots);
  const isOne = candidates.every(({ platform }) => isSamePlatform(platform, first.platform));
  const platform = wanted.platform ?? (isOne ? formatPlatform(first.platform) : wanted.defaultPlatform);
  if (platform === undefined) throw platformMissing(candidates, "no platform in particular");
  const matching = candidates.filter((candidate) =>
    isSamePlatform(candidate.platform, parsePlatform(platform)),
  );
  const [chosen] = matching;
  if (chosen === undefined) throw platformMissing(candidates, platform);
  if (matching.some(({ root }) => root.digest !== chosen.root.digest)) throw ambiguous(matching.length);
  return chosen;
}

/** Every image manifest that the roots lead to, in their order. @throws Failure image-invalid, limit-exceeded */
export function listCandidates(roots: readonly Descriptor[], documents: Documents): readonly Candidate[] {
  // Indexes that list one another many times over would multiply with each level.
  const budget = { left: limits.indexedManifests };
  return roots.flatMap((root) => candidatesUnder(root, root, documents, { depth: 0, budget }));
}

/** Whether a descriptor is of something that is attached to an image, and is none. */
export function isAttachment({ annotations, artifactType, platform }: Descriptor): boolean {
  return (
    annotations.get("vnd.docker.reference.type") === "attestation-manifest" ||
    artifactType !== null ||
    (platform?.os === "unknown" && platform.architecture === "unknown")
  );
}

function candidatesUnder(
  descriptor: Descriptor,
  root: Descriptor,
  documents: Documents,
  { depth, budget }: { readonly depth: number; readonly budget: { left: number } },
): readonly Candidate[] {
  if (depth > limits.indexDepth)
    throw new Failure("limit-exceeded", "The image's indexes are nested too deeply.");
  const bytes = documents.get(descriptor.digest);
  if (bytes === undefined || isAttachment(descriptor)) return [];
  if (budget.left-- <= 0)
    throw new Failure(
      "limit-exceeded",
      `The image's indexes list over ${limits.indexedManifests} manifests.`,
    );
  const mediaType = descriptor.mediaType || null;
  if (kindOf(descriptor.mediaType) === "index") {
    return parseIndex(bytes, mediaType).flatMap((child) =>
      candidatesUnder(child, root, documents, { depth: depth + 1, budget }),
    );
  }
  if (kindOf(descriptor.mediaType) !== "manifest") return [];
  const manifest = parseManifest(bytes, mediaType);
  if (kindOf(manifest.config.mediaType) !== "config") return [];
  const platform = descriptor.platform ?? platformOfConfig(manifest, documents);
  return platform === null ? [] : [{ descriptor, manifest, platform, root }];
}

function platformOfConfig(manifest: Manifest, documents: Documents): Platform | null {
  const bytes = documents.get(manifest.config.digest);
  return bytes === undefined ? null : configPlatform(parseConfig(bytes));
}

export function configPlatform({ os, architecture, variant }: ImageConfig): Platform {
  return parsePlatform([os, architecture, variant ?? ""].join("/"));
}

function nothing(roots: readonly Descriptor[]): Failure {
  return new Failure(
    "blob-missing",
    roots.length === 0
      ? "The image's index lists no image."
      : `The image's manifest ${roots[0]?.digest} is not there, or is no image; save or export the image again.`,
  );
}

function platformMissing(candidates: readonly Candidate[], wanted: string): Failure {
  const there = [...new Set(candidates.map(({ platform }) => formatPlatform(platform)))].join(", ");
  return new Failure(
    "platform-missing",
    `The image has no variant for ${wanted}, only for ${there}; ask for one of these.`,
  );
}

function ambiguous(count: number): Failure {
  return new Failure(
    "image-not-found",
    `There are ${count} images, and no name tells which one is meant; give its tag.`,
  );
}
