import type { Inspection } from "../inspect/inspect.ts";
import type { Comparison } from "./compare.ts";

/**
 * What became of the base image. `moved` exempts its growth, so it is only said where the reference in FROM is the same
 * and its bytes are known to be others.
 */
export function compareBaseImages(head: Inspection, base: Inspection): Comparison["baseImage"]["kind"] {
  if (head.baseImage === null || base.baseImage === null) return "unknown";
  if (head.baseImage.resolved !== base.baseImage.resolved) return "changed";
  if (head.baseImage.resolved === "scratch") return "unchanged";
  const layers = { head: baseImageLayers(head), base: baseImageLayers(base) };
  if (layers.head.length > 0 && layers.head.join() === layers.base.join()) return "unchanged";
  if (head.baseImage.digest !== null && base.baseImage.digest !== null) {
    return head.baseImage.digest === base.baseImage.digest ? "unchanged" : "moved";
  }
  return layers.head.length > 0 && layers.base.length > 0 ? "moved" : "unknown";
}

function baseImageLayers({ layers }: Inspection): readonly string[] {
  return layers.filter(({ origin }) => origin === "base-image").map(({ diffId }) => diffId);
}
