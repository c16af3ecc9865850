import type { Comparison } from "../compare/comparison.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { Limit } from "./limit.ts";
import type { MissingBase } from "./missing-base.ts";

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

/** One image on both sides: what rules are judged by. */
export interface Subject {
  readonly head: Inspection;
  readonly base: Inspection | null;
  /** null exactly where `base` is not */
  readonly baseMissing: MissingBase | null;
  readonly comparison: Comparison | null;
}

/** The verdict of several; nothing at all passes. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return severity.find((verdict) => verdicts.includes(verdict)) ?? "pass";
}

/** Worst first. */
export const severity: readonly Verdict[] = ["fail", "inconclusive", "warn", "pass"];
