import type { Comparison } from "../compare/compare.ts";
import type { Inspection } from "../inspect/inspect.ts";
import type { Limit } from "./limit.ts";
import type { Policy } from "./policy.ts";
import { rules } from "./rules/rules.ts";

/** The worst rule decides: fail > inconclusive > warn > pass. */
export type Verdict = "pass" | "warn" | "fail" | "inconclusive";

export type RuleId =
  | "max-size"
  | "warn-size"
  | "max-pull-size"
  | "max-increase"
  | "warn-increase"
  | "max-layers"
  | "distroless";

/** Why a rule came out as it did, where its numbers do not tell. */
export type FindingReason =
  /** there is no base side to compare with */
  | "no-base"
  | "pull-size-unknown"
  /** the limit lies between the estimate's low and high */
  | "pull-size-estimate"
  /** files of Git LFS are pointers in the image: what they weigh is not known */
  | "lfs-pointers"
  /** something in the image could not be looked into */
  | "unread"
  /** a shell or package manager is in the image */
  | "not-distroless"
  /** ratchet: one is in an image that is new */
  | "not-distroless-yet"
  /** ratchet: the base had none, fewer, or none of that kind */
  | "worse-than-base"
  /** ratchet: there are some, no more than the base has */
  | "no-worse-than-base"
  /** ratchet: something in the base could not be looked into */
  | "base-unread";

/** What one rule found, as data; the sentence is made by the rule's `explain`. */
export interface Finding {
  readonly rule: RuleId;
  /** after warn-only and missing-base were applied */
  readonly verdict: Verdict;
  /** what it was before warn-only or missing-base made a warning of it; absent where they did not */
  readonly softenedFrom?: "fail" | "inconclusive";
  /** bytes, a count, or null where it could not be computed */
  readonly actual: number | null;
  readonly limit: number | Limit | null;
  readonly reason?: FindingReason;
  /** absolute paths in the head that it is about */
  readonly paths?: readonly string[];
}

/** Why there is no base side. Only `new` is nobody's fault: growth rules then do not apply. */
export interface BaseMissing {
  readonly reason: "new" | "moved" | "build-failed" | "unavailable" | "not-asked";
  /** one sentence for people */
  readonly message: string;
}

/** One image on both sides: what rules are judged by. */
export interface Subject {
  readonly head: Inspection;
  readonly base: Inspection | null;
  /** null exactly where `base` is not */
  readonly baseMissing: BaseMissing | null;
  readonly comparison: Comparison | null;
}

export interface AuditedImage extends Subject {
  readonly name: string;
  readonly platform: string;
  /** path of the head's Dockerfile in the repository, with `/`; absent where none is known */
  readonly dockerfile?: string | null;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** The report of an audit, as data: described by schema/audit.schema.json. Everything that people see is made from it. */
export interface Audit {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "image-audit"; readonly version: string };
  readonly verdict: Verdict;
  /** the two commits, where git was involved */
  readonly headCommit: string | null;
  readonly baseCommit: string | null;
  /** the base branch's name as people know it, such as main; null where images were compared by name */
  readonly baseName: string | null;
  readonly images: readonly AuditedImage[];
  /** remarks on how this was measured, in words for people */
  readonly notes: readonly string[];
  /** set where the audit ended early; verdict is then inconclusive */
  readonly error?: { readonly code: string; readonly message: string };
}

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

/** The verdict of several; nothing at all passes. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return severity.find((verdict) => verdicts.includes(verdict)) ?? "pass";
}

/** Worst first. */
export const severity: readonly Verdict[] = ["fail", "inconclusive", "warn", "pass"];

function soften(finding: Finding, policy: Policy): Finding {
  const { verdict } = finding;
  const accepted =
    (verdict === "fail" && policy.warnOnly) ||
    (verdict === "inconclusive" && finding.reason === "no-base" && policy.missingBase === "warn");
  return accepted ? { ...finding, verdict: "warn", softenedFrom: verdict } : finding;
}
