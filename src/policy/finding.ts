import type { Comparison } from "../compare/comparison.ts";
import type { Inspection } from "../inspect/inspection.ts";

/** The worst rule decides: fail > inconclusive > warn > pass. */
export type Verdict = "pass" | "warn" | "fail" | "inconclusive";

/** Worst first. */
export const severity: readonly Verdict[] = ["fail", "inconclusive", "warn", "pass"];

/** The worst of several verdicts. None at all passes. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return severity.find((verdict) => verdicts.includes(verdict)) ?? "pass";
}

/** What one rule found, as data. The rule's `explain` puts it into words. */
export interface FindingOf<Id extends string, Limit, Reason extends string> {
  readonly rule: Id;
  /** after warn-only and missing-base were applied */
  readonly verdict: Verdict;
  /** the verdict before warn-only or missing-base turned it into a warning; absent where they did not */
  readonly softenedFrom?: "fail" | "inconclusive";
  /** bytes or a count; null where it could not be computed */
  readonly actual: number | null;
  readonly limit: Limit;
  /** why the rule came out as it did, where its numbers do not tell */
  readonly reason?: Reason;
  /** absolute paths in the head's image */
  readonly paths?: readonly string[];
}

/** One image on both sides: what rules judge. */
export interface Subject {
  readonly head: Inspection;
  readonly base: Inspection | null;
  /** null exactly where `base` is not */
  readonly baseMissing: MissingBase | null;
  readonly comparison: Comparison | null;
}

/** Why there is no base side. Only `new` is nobody's fault: rules about growth then do not apply. */
export interface MissingBase {
  readonly reason: "new" | "moved" | "build-failed" | "unavailable" | "not-asked";
  /** one sentence for people */
  readonly message: string;
}
