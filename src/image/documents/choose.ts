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
import { artifactOf, isAttachment } from "./artifact.ts";
import { type ImageConfig, parseConfig } from "./config.ts";
import { type Descriptor, kindOfDocument, type Manifest, parseIndex, parseManifest } from "./manifest.ts";
import { listed, named, namesInIndex, tellingNames } from "./names.ts";
import { whyNone } from "./why-none.ts";

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

export interface WantedName {
  /** which of several images; undefined: the only one */
  readonly name?: string | undefined;
  /** how a person writes that one of the images here is meant, for messages; unless given, its name alone */
  readonly asWritten?: ((name: string) => string) | undefined;
}

/** The JSON blobs of a layout or archive, verified, by digest. */
export type Documents = ReadonlyMap<Digest, Uint8Array>;

/**
 * Chooses an image manifest by name and platform, through nested indexes. Attestations and platforms whose manifest is not here (an
 * engine keeps the index of all, and the blobs of one) do not count.
 * @throws Failure platform-missing, image-not-found, image-unsupported, blob-missing, image-invalid
 */
export function chooseManifest(
  roots: readonly Descriptor[],
  documents: Documents,
  wanted: WantedPlatform & WantedName,
): Candidate {
  const those = namedRoots(roots, wanted);
  const candidates = listCandidates(those, documents);
  const [first] = candidates;
  if (first === undefined) throw whyNone(those, documents);
  const isOne = candidates.every(({ platform }) => isSamePlatform(platform, first.platform));
  const platform = wanted.platform ?? (isOne ? readablePlatform(first.platform) : wanted.defaultPlatform);
  if (platform === undefined) throw platformMissing(candidates, "no platform in particular");
  const matching = candidates.filter((candidate) => isForPlatform(candidate.platform, platform));
  const [chosen] = matching;
  if (chosen === undefined) throw platformMissing(candidates, platform);
  const among = new Set(matching.map(({ root }) => root.digest));
  if (among.size > 1) throw ambiguous(roots, among, wanted);
  return chosen;
}

/** The roots that have the name; all of them where none is asked for. @throws Failure image-not-found */
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
    `No image there is called ${JSON.stringify(name)}, only ${listed(tellingNames(all), asWritten)}.`,
  );
}

/** Every image manifest that the roots lead to, in their order. @throws Failure image-invalid, limit-exceeded */
export function listCandidates(roots: readonly Descriptor[], documents: Documents): readonly Candidate[] {
  // Indexes that list one another many times over would multiply with each level.
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
      `The image's indexes list over ${limits.indexedManifests} manifests, or over ${limits.documents} bytes of them.`,
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

/** @param wanted as `--platform` takes it; an operating system alone stands for no image in particular */
export function isForPlatform(platform: Platform, wanted: string): boolean {
  const parsed = parsePlatform(wanted, { os: "linux", architecture: "" });
  return parsed !== null && isSamePlatform(platform, parsed);
}

function platformMissing(candidates: readonly Candidate[], wanted: string): Failure {
  const there = [...new Set(candidates.map(({ platform }) => readablePlatform(platform)))].join(", ");
  return new Failure(
    "platform-missing",
    `The image has no variant for ${wanted}, only for ${there}; ask for one of these.`,
  );
}

function ambiguous(
  roots: readonly Descriptor[],
  among: ReadonlySet<Digest>,
  { asWritten = asItIs }: WantedName,
): Failure {
  const all = tellingNames(namesInIndex(roots));
  const names = roots.flatMap(({ digest }, index) => (among.has(digest) ? (all[index] ?? []) : []));
  return new Failure(
    "image-not-found",
    `There are ${names.length} images: say which one is meant, ${listed(names, asWritten)}.`,
  );
}

const asItIs = (name: string) => name;
