import type { Comparison } from "../compare/comparison.ts";

/**
 * Returns how many bytes of the size difference the pull request answers for. Drift never counts. The base
 * image's growth does not count while `FROM` names the same reference.
 */
export function attributable({ split, baseImage }: Comparison): number {
  return baseImage.kind === "moved" ? split.own : split.own + split.baseImage;
}
