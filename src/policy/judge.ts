import { type Finding, type Subject, type Verdict, worst } from "./finding.ts";
import type { Policy } from "./policy.ts";
import { rules } from "./rules/rules.ts";

/** Judges one image by every rule that the policy sets. Findings are in the order of the rules. */
export function judge(
  subject: Subject,
  policy: Policy,
): { readonly findings: readonly Finding[]; readonly verdict: Verdict } {
  const findings = rules
    .map((rule) => rule.evaluate(subject, policy))
    .filter((finding) => finding !== null)
    .map((finding) => soften(finding, policy));
  return { findings, verdict: worst(findings.map((finding) => finding.verdict)) };
}

function soften(finding: Finding, policy: Policy): Finding {
  const { verdict } = finding;
  const accepted =
    (verdict === "fail" && policy.warnOnly) ||
    (verdict === "inconclusive" && finding.reason === "no-base" && policy.missingBase === "warn");
  return accepted ? { ...finding, verdict: "warn", softenedFrom: verdict } : finding;
}
