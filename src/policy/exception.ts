import type { RuleId } from "./rules/rules.ts";

/** Something that a rule would fail for, and that its owners accept for a while. */
export interface Exception {
  readonly rule: RuleId;
  /** the name of the image; null for every image */
  readonly image: string | null;
  /** patterns of the accepted paths; null accepts whatever the rule finds */
  readonly paths: readonly string[] | null;
  readonly reason: string;
  /** the last day on which it counts, as YYYY-MM-DD in UTC */
  readonly expires: string;
}
