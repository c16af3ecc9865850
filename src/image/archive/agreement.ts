import { Failure } from "../../failure.ts";
import { isSamePlatform } from "../../oci/platform.ts";
import { type Candidate, configPlatform, listCandidates } from "../documents/choose.ts";
import type { Descriptor } from "../documents/manifest.ts";
import { named, namesInIndex } from "../documents/names.ts";
import type { ArchiveImage } from "./archive-manifest.ts";
import { type Archive, configAt, documentsOf } from "./lookup.ts";

/**
 * Refuses an archive whose two lists of images give one name to two images. An engine with a graph driver
 * loads the image in manifest.json, an engine with containerd's store the one in index.json.
 * @param entry the image's entry in manifest.json; `isOnly` if there is no other entry
 * @throws Failure image-invalid
 */
export function checkAgreement(
  archive: Archive,
  { entry, isOnly }: { readonly entry: ArchiveImage; readonly isOnly: boolean },
  roots: readonly Descriptor[],
): void {
  const { config, digest } = configAt(archive, entry.config);
  const platform = configPlatform(config);
  const isEntry = ({ manifest }: Candidate) => manifest.config.digest === digest;
  const candidates = listCandidates(roots, documentsOf(archive));
  const namesakes = new Set(
    entry.tags.flatMap((tag) => named(namesInIndex(roots), tag).map((root) => root.digest)),
  );
  const byNamesake = Map.groupBy(
    candidates.filter(({ root }) => namesakes.has(root.digest)),
    ({ root }) => root.digest,
  );
  for (const group of byNamesake.values()) {
    const forPlatform = group.filter((candidate) => isSamePlatform(candidate.platform, platform));
    const [first] = forPlatform;
    if (first === undefined ? !group.some(isEntry) : !isEntry(first)) throw disagreement();
  }
  // A graph driver's index lists only one of several images that were saved by ID (moby/moby#51389).
  const isIndexComplete = isOnly || !entry.hasLayerSources;
  if (isIndexComplete && candidates.length > 0 && !candidates.some(isEntry)) throw disagreement();
}

function disagreement(): Failure {
  return new Failure(
    "image-invalid",
    "The archive's manifest.json and index.json disagree on the image, so engines may load different ones. Save the image again.",
  );
}
