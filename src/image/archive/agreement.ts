import { Failure } from "../../failure.ts";
import { isSamePlatform } from "../../oci/platform.ts";
import { type Candidate, configPlatform, listCandidates } from "../documents/choose.ts";
import type { Descriptor } from "../documents/manifest.ts";
import { named, namesInIndex } from "../documents/names.ts";
import type { ArchiveImage } from "./archive-manifest.ts";
import { type Archive, configAt, documentsOf } from "./lookup.ts";

/**
 * Refuses an archive whose two lists of images mean two images by one name: an engine with a graph driver loads what
 * manifest.json says, one with containerd's store what index.json does.
 * @param entry of manifest.json, `isOnly` where there is no other
 * @throws Failure image-invalid
 */
export function checkAgreement(
  archive: Archive,
  { entry, isOnly }: { readonly entry: ArchiveImage; readonly isOnly: boolean },
  roots: readonly Descriptor[],
): void {
  const { config, digest } = configAt(archive, entry.config);
  const platform = configPlatform(config);
  const isMeant = ({ manifest }: Candidate) => manifest.config.digest === digest;
  const candidates = listCandidates(roots, documentsOf(archive));
  const namesakes = new Set(
    entry.tags.flatMap((tag) => named(namesInIndex(roots), tag).map((root) => root.digest)),
  );
  const byNamesake = Map.groupBy(
    candidates.filter(({ root }) => namesakes.has(root.digest)),
    ({ root }) => root.digest,
  );
  for (const those of byNamesake.values()) {
    const forPlatform = those.filter((candidate) => isSamePlatform(candidate.platform, platform));
    const [first] = forPlatform;
    if (first === undefined ? !those.some(isMeant) : !isMeant(first)) throw disagreement();
  }
  // A graph driver's index lists one image only where several were saved by ID (moby/moby#51389).
  const isWhole = isOnly || !entry.hasLayerSources;
  if (isWhole && candidates.length > 0 && !candidates.some(isMeant)) throw disagreement();
}

function disagreement(): Failure {
  return new Failure(
    "image-invalid",
    "The archive's manifest.json and index.json say two images, of which engines load the one or the other; save the image again.",
  );
}
