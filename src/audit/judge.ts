import type { Inspection } from "../inspect/inspect.ts";
import type { Comparison } from "./compare.ts";
import type { Limit } from "./limit.ts";

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

/** What one rule found, as data; the sentence is made by the rule's `explain`. */
export interface Finding {
  readonly rule: RuleId;
  /** after warn-only and missing-base were applied */
  readonly verdict: Verdict;
  /** bytes, a count, or null where it could not be computed */
  readonly actual: number | null;
  readonly limit: number | Limit | null;
  /** why a rule is inconclusive, or which paths it is about */
  readonly reason?: string;
  readonly paths?: readonly string[];
}

/** Why there is no base side. Only `new` is nobody's fault: growth rules then do not apply. */
export interface BaseMissing {
  readonly reason: "new" | "moved" | "build-failed" | "unavailable" | "not-asked";
  /** one sentence for people */
  readonly message: string;
}

export interface AuditedImage {
  readonly name: string;
  readonly platform: string;
  readonly head: Inspection;
  readonly base: Inspection | null;
  readonly baseMissing: BaseMissing | null;
  readonly comparison: Comparison | null;
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
