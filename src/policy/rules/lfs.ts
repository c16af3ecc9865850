import type { Inspection } from "../../inspect/inspection.ts";
import type { Finding } from "../finding.ts";
import { say } from "../sentence.ts";
import type { Explanation } from "./rule.ts";

/**
 * A rule on sizes passes only where sizes are those of the files: a pointer of Git LFS weighs a hundred bytes, whatever it
 * stands for. Those of the base image are the base image's own.
 */
export function unlessPointers(finding: Finding, { lfsPointers, layers }: Inspection): Finding {
  const own = lfsPointers.filter(({ layer }) => layers[layer]?.origin !== "base-image");
  if (finding.verdict !== "pass" || own.length === 0) return finding;
  return { ...finding, verdict: "inconclusive", reason: "lfs-pointers", paths: own.map(({ path }) => path) };
}

/** Null where the finding has another reason. */
export function explainPointers({ reason, rule, paths = [] }: Finding): Explanation | null {
  if (reason !== "lfs-pointers") return null;
  const [first = ""] = paths;
  return {
    remark: say`without files of Git LFS`,
    short: say`its files of Git LFS are not in it`,
    sentence: say`${first} is a pointer of Git LFS and not the file itself, so ${rule} cannot be decided.`,
    advice: [say`Set ${"lfs: true"} for actions/checkout, or keep the pointers out of the image.`],
  };
}
