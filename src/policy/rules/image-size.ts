import { slimming } from "../advice/slimming.ts";
import type { Finding, RuleId, Subject, Verdict } from "../finding.ts";
import { say } from "../sentence.ts";
import { explainPointers, unlessPointers } from "./lfs.ts";
import type { Explanation } from "./rule.ts";

/** What `max-size` and `warn-size` share. Sizes are bytes; equality passes. */
export function evaluateSize(
  rule: RuleId,
  over: Verdict,
  { head }: Subject,
  limit: number | null,
): Finding | null {
  if (limit === null) return null;
  const actual = head.size;
  return unlessPointers({ rule, verdict: actual > limit ? over : "pass", actual, limit }, head);
}

export function explainSize(finding: Finding, subject: Subject): Explanation {
  const pointers = explainPointers(finding);
  if (pointers !== null) return pointers;
  const actual = finding.actual ?? 0;
  const limit = { bytes: Number(finding.limit), unlike: actual };
  const isWarning = finding.rule === "warn-size";
  if (finding.verdict === "pass") {
    const remark = isWarning ? say`warns above ${limit}` : say`limit ${limit}`;
    return { remark, short: remark, sentence: say`The image is within its limit of ${limit}.`, advice: [] };
  }
  return {
    // Whoever shows it says "warning" before it.
    remark: isWarning ? say`above ${limit}` : say`limit ${limit}`,
    short: isWarning ? say`over ${limit}, where it warns` : say`over its limit of ${limit}`,
    sentence: say`The image is ${{ bytes: actual, unlike: limit.bytes }}, ${{ bytes: actual - limit.bytes }} over the ${limit} of ${finding.rule}.`,
    advice: slimming(subject),
  };
}
