import { type Accepted, accept } from "./accept.ts";
import type { Exception } from "./exception.ts";
import { type Subject, severity, type Verdict, worst } from "./finding.ts";
import { isAsStrict } from "./keys.ts";
import type { Policy } from "./policy.ts";
import { evaluate, type Finding, rules } from "./rules/rules.ts";

/** What the policies make of one image. */
export interface Judgement {
  /** in the order of the rules, at most one for each */
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** the exceptions that matched something */
  readonly used: ReadonlySet<Exception>;
}

/**
 * Judges one image by every rule that a policy sets. Where several set a rule, its worst finding counts, so another
 * policy can only make an image fail, never pass.
 */
export function judge(subject: Subject, policies: readonly Policy[]): Judgement {
  const judged = policies.flatMap((policy) =>
    evaluate(subject, policy).map((finding) => ({ ...soften(finding, policy), policy })),
  );
  const findings = rules.flatMap(({ id }) => {
    const [first, ...others] = judged.filter(({ finding }) => finding.rule === id);
    return first === undefined ? [] : [others.reduce(worse, first).finding];
  });
  return {
    findings,
    verdict: worst(findings.map(({ verdict }) => verdict)),
    used: new Set(judged.flatMap(({ by }) => by)),
  };
}

interface Judged extends Accepted {
  readonly policy: Policy;
}

/** Returns the worse of two findings of a rule; of two with the same verdict, that of the stricter setting. */
function worse(one: Judged, other: Judged): Judged {
  const [first, second] = [one, other].map(({ finding }) => severity.indexOf(finding.verdict));
  if (first !== second) return (first ?? 0) < (second ?? 0) ? one : other;
  const { rule } = one.finding;
  return isAsStrict(rule, other.policy.rules[rule], one.policy.rules[rule]) ? other : one;
}

function soften(found: Finding, policy: Policy): Accepted {
  const accepted = accept(found, policy.exceptions);
  const { finding, by } = accepted;
  const { verdict } = finding;
  if (verdict === "pass" || verdict === "warn") return accepted;
  const isAccepted =
    (verdict === "fail" && policy.warnOnly) ||
    (verdict === "inconclusive" && finding.reason === "no-base" && policy.missingBase === "warn");
  return isAccepted ? { finding: { ...finding, verdict: "warn", softenedFrom: verdict }, by } : accepted;
}
