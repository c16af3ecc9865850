import { isFollowed } from "../dockerfile/parse/frontend.ts";
import type { Inspection } from "../inspect/inspection.ts";
import { baseImageStep } from "../inspect/layer-chain.ts";
import type { Comparison, Side } from "./comparison.ts";

/**
 * Compares the base images. `moved` exempts growth, so that it needs proof: the same reference in FROM had
 * two digests for the same platform, and the builder recorded on both sides that the base image's layers are
 * the lowest ones.
 */
export function compareBaseImages(headSide: Side, baseSide: Side): Comparison["baseImage"]["kind"] {
  const { inspection: head } = headSide;
  const { inspection: base } = baseSide;
  if (head.baseImage === null || base.baseImage === null) return "unknown";
  if (head.baseImage.resolved !== base.baseImage.resolved) return "changed";
  if (head.baseImage.resolved === "scratch") return "unchanged";
  const layers = { head: baseImageLayers(head), base: baseImageLayers(base) };
  if (layers.head.length > 0 && layers.head.join() === layers.base.join()) return "unchanged";
  if (head.baseImage.digest === null || base.baseImage.digest === null) return "unknown";
  const platforms = { head: provenPlatform(headSide), base: provenPlatform(baseSide) };
  const isProven = platforms.head !== null && platforms.base !== null;
  // A digest may be that of an index for several platforms.
  if (isProven && platforms.head !== platforms.base) return "unknown";
  if (head.baseImage.digest === base.baseImage.digest) return "unchanged";
  return isProven ? "moved" : "unknown";
}

function baseImageLayers({ layers }: Inspection): readonly string[] {
  return layers.filter(({ origin }) => origin === "base-image").map(({ diffId }) => diffId);
}

/**
 * Returns the base image's platform. Null unless the builder recorded that its layers are the lowest ones.
 */
function provenPlatform({ inspection: { baseImage, layers }, record }: Side): string | null {
  if (baseImage === null || record == null || !isFollowed(record.frontend)) return null;
  return baseImageStep(record, baseImage.resolved, layers)?.platform ?? null;
}
