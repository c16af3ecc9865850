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
import { listed, named, namesInIndex, tellingNames } from "../documents/names.ts";
import type { ArchiveImage } from "./archive-manifest.ts";
import { type Archive, documentsOf, memberAt } from "./lookup.ts";

/** Which of an archive's images is meant. With neither a name nor a digest, the only one. */
export interface WantedImage extends WantedPlatform, WantedName {
  readonly configDigest?: Digest | undefined;
}

/** Of an archive manifest the image that is wanted. @throws Failure image-not-found, blob-missing */
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

/** An image that was saved by ID has no tag in the archive: its config tells. */
function entriesFor(
  archive: Archive,
  entries: readonly ArchiveImage[],
  roots: readonly Descriptor[],
  wanted: WantedImage,
): readonly ArchiveImage[] {
  const { name, configDigest } = wanted;
  const ofConfig = (isIt: (digest: Digest) => boolean) =>
    entries.filter(({ config }) => isIt(memberAt(archive, config).digest));
  if (configDigest !== undefined) return ofConfig((digest) => digest === configDigest);
  if (name === undefined) return entries;
  const found = named(namesOf(entries), name);
  if (found.length > 0) return found;
  const id = /^(?:sha256:)?([0-9a-f]{12,64})$/.exec(name)?.[1];
  const byId = id === undefined ? [] : ofConfig((digest) => digest.startsWith(`sha256:${id}`));
  if (byId.length > 0) return byId;
  // What only the index calls it, such as its tag alone, or its digest.
  const listedAs = named(namesInIndex(roots), name);
  const configs = listCandidates(listedAs, documentsOf(archive)).map(
    ({ manifest }) => manifest.config.digest,
  );
  return ofConfig((digest) => configs.includes(digest));
}

function namesOf(entries: readonly ArchiveImage[]) {
  return entries.map((entry) => ({ ...entry, names: entry.tags, digest: null }));
}

/** Of an index the image that is wanted. @throws Failure as chooseManifest */
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
  const there = listed(tellingNames(namesOf(entries)), asWritten ?? ((known) => known));
  const which = name ?? configDigest;
  return new Failure(
    "image-not-found",
    which === undefined
      ? `The archive holds ${entries.length} images: say which one is meant, ${there}.`
      : `The archive holds no image ${which}${there === "" ? "" : `, only ${there}`}.`,
  );
}
