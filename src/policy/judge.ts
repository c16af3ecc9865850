import { type Subject, type Verdict, worst } from "./finding.ts";
import type { Policy } from "./policy.ts";
import { evaluate, type Finding } from "./rules/rules.ts";

/** Judges one image by every rule that the policy sets. Findings are in the order of the rules. */
export function judge(
  subject: Subject,
  policy: Policy,
): { readonly findings: readonly Finding[]; readonly verdict: Verdict } {
  const findings = evaluate(subject, policy.rules).map((finding) => soften(finding, policy));
  return { findings, verdict: worst(findings.map(({ verdict }) => verdict)) };
}

function soften(finding: Finding, policy: Policy): Finding {
  const { verdict } = finding;
  const isAccepted =
    (verdict === "fail" && policy.warnOnly) ||
    (verdict === "inconclusive" && finding.reason === "no-base" && policy.missingBase === "warn");
  return isAccepted ? { ...finding, verdict: "warn", softenedFrom: verdict } : finding;
}
