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

/** Reports whether an exception still counts on a day, written as YYYY-MM-DD. */
export function isInForce({ expires }: Exception, today: string): boolean {
  return today <= expires;
}

/** Returns the days that an exception has left; negative after its last. */
export function daysLeft({ expires }: Exception, today: string): number {
  return Math.round((Date.parse(expires) - Date.parse(today)) / millisecondsADay);
}

const millisecondsADay = 24 * 60 * 60 * 1000;
