import type { Inspection } from "../../inspect/inspection.ts";
import type { FindingOf } from "../finding.ts";
import { say } from "../sentence.ts";
import type { Explanation } from "./rule.ts";

/** Files of Git LFS are pointers in the image: nobody can tell what they will weigh. */
export const pointersReason = "lfs-pointers";
export type PointersReason = typeof pointersReason;

/**
 * Leaves a finding about sizes undecided where a pointer of Git LFS is in the image: it weighs a hundred bytes, whatever
 * file it stands for. Pointers of the base image are part of the base image, and do not count.
 */
export function unlessPointers<const Finding extends FindingOf<string, unknown, string>>(
  finding: Finding,
  { lfsPointers, layers }: Inspection,
): Finding {
  const own = lfsPointers.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  if (finding.verdict !== "pass" || own.length === 0) return finding;
  return { ...finding, verdict: "inconclusive", reason: pointersReason, paths: own.map(({ path }) => path) };
}

/** Explains such a finding; null for a finding with another reason. */
export function explainPointers({
  reason,
  rule,
  paths = [],
}: FindingOf<string, unknown, string>): Explanation | null {
  if (reason !== pointersReason) return null;
  const [first = ""] = paths;
  return {
    remark: say`without files of Git LFS`,
    short: say`its files of Git LFS are missing`,
    sentence: say`${first} is a pointer of Git LFS and not the file itself, so ${rule} cannot be decided.`,
    advice: [say`Set ${"lfs: true"} for actions/checkout, or keep the pointers out of the image.`],
  };
}
