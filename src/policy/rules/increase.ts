import type { Comparison } from "../../compare/comparison.ts";
import { havingBase, slimming } from "../advice/slimming.ts";
import type { Finding, RuleId, Subject, Verdict } from "../finding.ts";
import { breaches, type Limit } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, unlessPointers } from "./lfs.ts";
import type { Explanation } from "./rule.ts";

/** What `max-increase` and `warn-increase` share. */
export function evaluateGrowth(
  rule: RuleId,
  over: Verdict,
  { head, comparison, baseMissing }: Subject,
  limit: Limit | null,
): Finding | null {
  if (limit === null || baseMissing?.reason === "new") return null;
  if (comparison === null || comparison.size.base === null) {
    return { rule, verdict: "inconclusive", actual: null, limit, reason: "no-base" };
  }
  const actual = attributable(comparison);
  const isOver = breaches(limit, { difference: actual, base: comparison.size.base });
  return unlessPointers({ rule, verdict: isOver ? over : "pass", actual, limit }, head);
}

/**
 * The bytes of the difference in size that are the author's doing. Drift never is; the base image's movement is not
 * while FROM still names the same reference.
 */
export function attributable({ split, baseImage }: Comparison): number {
  return baseImage.kind === "moved" ? split.own : split.own + split.baseImage;
}

export function explainGrowth(finding: Finding, subject: Subject): Explanation {
  const pointers = explainPointers(finding);
  if (pointers !== null) return pointers;
  const limit = { limit: finding.limit as Limit };
  const isWarning = finding.rule === "warn-increase";
  if (finding.reason === "no-base") {
    return {
      remark: isWarning ? say`unknown whether above +${limit}` : say`unknown growth, limit +${limit}`,
      short: say`how much it grew is unknown`,
      sentence: say`How much the image grew cannot be told without a base; ${finding.rule} is ${limit}.`,
      advice: havingBase(subject),
    };
  }
  const growth = { change: finding.actual ?? 0 };
  if (finding.verdict === "pass") {
    const remark = isWarning ? say`warns above +${limit}` : say`limit +${limit}`;
    return { remark, short: remark, sentence: say`The growth of ${growth} is within ${limit}.`, advice: [] };
  }
  return {
    // Whoever shows it says "warning" before it.
    remark: isWarning ? say`above +${limit}` : say`limit +${limit}`,
    short: say`grown by more than ${limit}`,
    sentence: say`The pull request's own growth is ${growth}, more than the ${limit} of ${finding.rule}.`,
    advice: slimming(subject),
  };
}
