import type { Comparison } from "../compare/comparison.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { PathSize } from "../inspect/path-sizes.ts";

/** The worst rule decides: fail > inconclusive > warn > pass. */
export type Verdict = "pass" | "warn" | "fail" | "inconclusive";

/** Worst first. */
export const severity: readonly Verdict[] = ["fail", "inconclusive", "warn", "pass"];

/** Returns the worst of several verdicts, and `pass` if there are none. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return severity.find((verdict) => verdicts.includes(verdict)) ?? "pass";
}

/** What one rule found, as data. The rule's `explain` puts it into words. */
export interface FindingOf<Id extends string, Limit, Reason extends string> {
  readonly rule: Id;
  /** after exceptions, warn-only and missing-base were applied */
  readonly verdict: Verdict;
  /** the verdict before one of them softened it; absent if none did */
  readonly softenedFrom?: Exclude<Verdict, "pass">;
  /** the last day on which the exception counts that softened it, as YYYY-MM-DD; absent if none did */
  readonly acceptedUntil?: string;
  /** bytes or a count; null if it could not be computed */
  readonly actual: number | null;
  readonly limit: Limit;
  /** why the rule has this verdict, if its numbers do not show it */
  readonly reason?: Reason;
  /** absolute paths in the head's image */
  readonly paths?: readonly string[];
}

/** Reports whether a finding is a warning by its rule's own level, and not a failure that was softened. */
export function isOwnWarning({ verdict, softenedFrom }: FindingOf<string, unknown, string>): boolean {
  return verdict === "warn" && softenedFrom === undefined;
}

/** What rules judge: one image on both sides. */
export interface Subject {
  readonly head: Inspection;
  readonly base: Inspection | null;
  /** null exactly when `base` is not null */
  readonly baseMissing: MissingBase | null;
  readonly comparison: Comparison | null;
  /** what the paths hold that a policy limits; absent if none does */
  readonly pathSizes?: readonly PathSize[];
}

/** Why there is no base side. Only `new` is nobody's fault: rules about growth then do not apply. */
export interface MissingBase {
  readonly reason: "new" | "moved" | "build-failed" | "unavailable" | "not-asked";
  /** one sentence for people */
  readonly message: string;
}
