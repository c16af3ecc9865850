import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import {
  isSamePlatform,
  normalisePlatform,
  type Platform,
  parsePlatform,
  readablePlatform,
} from "../../oci/platform.ts";
import { limits } from "../limits.ts";
import { listed } from "../listed.ts";
import { artifactOf, isAttachment } from "./artifact.ts";
import { type ImageConfig, parseConfig } from "./config.ts";
import { type Descriptor, kindOfDocument, type Manifest, parseIndex, parseManifest } from "./manifest.ts";
import { maxListed, named, namesInIndex, tellingNames } from "./names.ts";
import { whyNone } from "./why-none.ts";

/** An image manifest and its platform. */
export interface Candidate {
  readonly descriptor: Descriptor;
  readonly manifest: Manifest;
  readonly platform: Platform;
  /** the descriptor in the layout's or archive's index.json that leads to the manifest */
  readonly root: Descriptor;
}

export interface WantedPlatform {
  /** the requested platform, `os/architecture[/variant]`; undefined accepts any */
  readonly platform?: string | undefined;
  /** the platform to use if none is requested and the image has several */
  readonly defaultPlatform?: string | undefined;
}

export interface WantedName {
  /** the name of one of several images; undefined if there is only one */
  readonly name?: string | undefined;
  /** formats a name for messages, the way a person selects that image; the bare name by default */
  readonly asWritten?: ((name: string) => string) | undefined;
}

/** The JSON blobs of a layout or archive, verified, by digest. */
export type Documents = ReadonlyMap<Digest, Uint8Array>;

/**
 * Chooses an image manifest by name and platform, through nested indexes. Ignores attestations, and platforms
 * whose manifest is missing: an engine keeps the index of all platforms, but the blobs of only one.
 * @throws Failure platform-missing, image-not-found, image-unsupported, blob-missing, image-invalid
 */
export function chooseManifest(
  roots: readonly Descriptor[],
  documents: Documents,
  wanted: WantedPlatform & WantedName,
): Candidate {
  const selected = namedRoots(roots, wanted);
  const candidates = listCandidates(selected, documents);
  const [first] = candidates;
  if (first === undefined) throw whyNone(selected, documents);
  const isOnePlatform = candidates.every(({ platform }) => isSamePlatform(platform, first.platform));
  const platform =
    wanted.platform ?? (isOnePlatform ? readablePlatform(first.platform) : wanted.defaultPlatform);
  if (platform === undefined) throw platformMissing(candidates, null);
  const matching = candidates.filter((candidate) => isForPlatform(candidate.platform, platform));
  const [chosen] = matching;
  if (chosen === undefined) throw platformMissing(candidates, platform);
  const matchingRoots = new Set(matching.map(({ root }) => root.digest));
  if (matchingRoots.size > 1) throw ambiguous(roots, matchingRoots, wanted);
  return chosen;
}

/**
 * Returns the roots that have the requested name; all roots if no name is requested.
 * @throws Failure image-not-found
 */
export function namedRoots(
  roots: readonly Descriptor[],
  { name, asWritten = asItIs }: WantedName,
): readonly Descriptor[] {
  if (name === undefined) return roots;
  const all = namesInIndex(roots);
  const found = named(all, name);
  if (found.length > 0) return found;
  throw new Failure(
    "image-not-found",
    `No image has the name ${JSON.stringify(name)}. Specify one of these: ${listed(tellingNames(all).map(asWritten), maxListed)}.`,
  );
}

/**
 * Returns every image manifest that the roots lead to, in order.
 * @throws Failure image-invalid, limit-exceeded
 */
export function listCandidates(roots: readonly Descriptor[], documents: Documents): readonly Candidate[] {
  // Indexes that list the same indexes many times would otherwise multiply with each level.
  const budget = { left: limits.indexedManifests, bytes: limits.documents };
  return roots.flatMap((root) => candidatesUnder(root, root, documents, { depth: 0, budget }));
}

function candidatesUnder(
  descriptor: Descriptor,
  root: Descriptor,
  documents: Documents,
  { depth, budget }: { readonly depth: number; readonly budget: { left: number; bytes: number } },
): readonly Candidate[] {
  if (depth > limits.indexDepth)
    throw new Failure("limit-exceeded", "The image's indexes are nested too deeply.");
  const bytes = documents.get(descriptor.digest);
  if (bytes === undefined || isAttachment(descriptor)) return [];
  budget.bytes -= bytes.length;
  if (budget.left-- <= 0 || budget.bytes < 0)
    throw new Failure(
      "limit-exceeded",
      `The image's indexes list over ${limits.indexedManifests} manifests, or over ${limits.documents} bytes of manifests.`,
    );
  const mediaType = descriptor.mediaType || null;
  const kind = kindOfDocument(bytes, descriptor.mediaType);
  if (kind === "index") {
    return parseIndex(bytes, mediaType).flatMap((child) =>
      candidatesUnder(child, root, documents, { depth: depth + 1, budget }),
    );
  }
  if (kind !== "manifest") return [];
  const manifest = parseManifest(bytes, mediaType);
  if (artifactOf(manifest) !== null) return [];
  const platform = descriptor.platform ?? platformOfConfig(manifest, documents);
  return platform === null ? [] : [{ descriptor, manifest, platform, root }];
}

function platformOfConfig(manifest: Manifest, documents: Documents): Platform | null {
  const bytes = documents.get(manifest.config.digest);
  return bytes === undefined ? null : configPlatform(parseConfig(bytes));
}

export function configPlatform({ os, architecture, variant }: ImageConfig): Platform {
  return normalisePlatform({ os, architecture, variant: variant ?? "" });
}

/**
 * Reports whether a platform is the wanted one.
 * @param wanted in the form of `--platform`; an operating system alone matches no platform
 */
export function isForPlatform(platform: Platform, wanted: string): boolean {
  const parsed = parsePlatform(wanted, { os: "linux", architecture: "" });
  return parsed !== null && isSamePlatform(platform, parsed);
}

/** @param wanted null if no platform was requested and there is no default */
function platformMissing(candidates: readonly Candidate[], wanted: string | null): Failure {
  const available = [...new Set(candidates.map(({ platform }) => readablePlatform(platform)))].join(", ");
  return new Failure(
    "platform-missing",
    wanted === null
      ? `The image has variants for ${available}. Choose one of these platforms.`
      : `The image has no variant for ${wanted}, only for ${available}. Choose one of these.`,
  );
}

function ambiguous(
  roots: readonly Descriptor[],
  matching: ReadonlySet<Digest>,
  { asWritten = asItIs }: WantedName,
): Failure {
  const all = tellingNames(namesInIndex(roots));
  const names = roots.flatMap(({ digest }, index) => (matching.has(digest) ? (all[index] ?? []) : []));
  return new Failure(
    "image-not-found",
    `There are ${names.length} images. Specify one of them: ${listed(names.map(asWritten), maxListed)}.`,
  );
}

const asItIs = (name: string) => name;
