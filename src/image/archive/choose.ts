import { Failure } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import {
  type Candidate,
  chooseManifest,
  listCandidates,
  namedRoots,
  type WantedName,
  type WantedPlatform,
} from "../documents/choose.ts";
import type { Descriptor } from "../documents/manifest.ts";
import { maxListed, named, namesInIndex, tellingNames } from "../documents/names.ts";
import { listed } from "../listed.ts";
import type { ArchiveImage } from "./archive-manifest.ts";
import { type Archive, documentsOf, memberAt } from "./lookup.ts";

/** Selects one of an archive's images. With neither a name nor a digest, there must be only one. */
export interface WantedImage extends WantedPlatform, WantedName {
  readonly configDigest?: Digest | undefined;
}

/** Chooses the wanted image from an archive manifest. @throws Failure image-not-found, blob-missing */
export function chooseEntry(
  archive: Archive,
  entries: readonly ArchiveImage[],
  roots: readonly Descriptor[],
  wanted: WantedImage,
): ArchiveImage {
  const matching = entriesFor(archive, entries, roots, wanted);
  const [chosen] = matching;
  if (chosen === undefined || matching.some(({ config }) => config !== chosen.config))
    throw notFound(wanted, entries);
  return chosen;
}

/**
 * Returns the entries that the name selects. An image saved by ID has no tag, so its config's digest is
 * compared.
 */
function entriesFor(
  archive: Archive,
  entries: readonly ArchiveImage[],
  roots: readonly Descriptor[],
  wanted: WantedImage,
): readonly ArchiveImage[] {
  const { name, configDigest } = wanted;
  const byConfig = (matches: (digest: Digest) => boolean) =>
    entries.filter(({ config }) => matches(memberAt(archive, config).digest));
  if (configDigest !== undefined) return byConfig((digest) => digest === configDigest);
  if (name === undefined) return entries;
  const found = named(namesOf(entries), name);
  if (found.length > 0) return found;
  const id = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1];
  const byId = id === undefined ? [] : byConfig((digest) => digest.startsWith(`sha256:${id}`));
  if (byId.length > 0) return byId;
  // A name that only the index has, such as a tag alone, or a manifest's digest.
  const listedAs = named(namesInIndex(roots), name);
  const configs = listCandidates(listedAs, documentsOf(archive)).map(
    ({ manifest }) => manifest.config.digest,
  );
  return byConfig((digest) => configs.includes(digest));
}

function namesOf(entries: readonly ArchiveImage[]) {
  return entries.map((entry) => ({ ...entry, names: entry.tags, digest: null }));
}

/** Chooses the wanted image from an index. @throws Failure as chooseManifest does, or image-not-found */
export function chooseIndexed(
  archive: Archive,
  roots: readonly Descriptor[],
  wanted: WantedImage,
): Candidate {
  const { configDigest } = wanted;
  const documents = documentsOf(archive);
  if (configDigest === undefined) return chooseManifest(roots, documents, wanted);
  const chosen = listCandidates(namedRoots(roots, wanted), documents).find(
    ({ manifest }) => manifest.config.digest === configDigest,
  );
  if (chosen === undefined) throw notFound(wanted, []);
  return chosen;
}

function notFound({ name, configDigest, asWritten }: WantedImage, entries: readonly ArchiveImage[]): Failure {
  const available = listed(tellingNames(namesOf(entries)).map(asWritten ?? ((text) => text)), maxListed);
  const wanted = name ?? configDigest;
  return new Failure(
    "image-not-found",
    wanted === undefined
      ? `The archive holds ${entries.length} images. Specify one of them: ${available}.`
      : `The archive holds no image ${wanted}${available === "" ? "" : `, only ${available}`}.`,
  );
}
