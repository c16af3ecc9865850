import type { Inspection } from "../../inspect/inspection.ts";
import type { FindingOf } from "../finding.ts";
import { say } from "../sentence.ts";
import type { Explanation } from "./rule.ts";

/** The image has Git LFS pointers instead of files, so its size is not the one that it will have. */
export const pointersReason = "lfs-pointers";
export type PointersReason = typeof pointersReason;

/**
 * Makes a finding about sizes inconclusive if the image has a Git LFS pointer, which is a hundred bytes
 * whatever the size of its file. Pointers in the base image are part of it and do not count.
 */
export function unlessPointers<const Finding extends FindingOf<string, unknown, string>>(
  finding: Finding,
  { lfsPointers, layers }: Inspection,
): Finding {
  const own = lfsPointers.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  if (finding.verdict !== "pass" || own.length === 0) return finding;
  return { ...finding, verdict: "inconclusive", reason: pointersReason, paths: own.map(({ path }) => path) };
}

/** Explains a finding with this reason; null for any other. */
export function explainPointers({
  reason,
  rule,
  paths = [],
}: FindingOf<string, unknown, string>): Explanation | null {
  if (reason !== pointersReason) return null;
  const [first = ""] = paths;
  return {
    remark: say`Git LFS files are missing`,
    short: say`its Git LFS files are missing`,
    sentence: say`${first} is a Git LFS pointer and not the file itself, so ${rule} cannot be decided.`,
    advice: [say`Set ${"lfs: true"} for actions/checkout, or keep the pointers out of the image.`],
  };
}
