import type { Inspection } from "../../inspect/inspection.ts";
import type { Subject, Verdict } from "../finding.ts";
import type { SettingType } from "../setting.ts";
import { levels } from "../words.ts";

/** How strictly a rule about what an image should not have is judged. */
export type Level = "fail" | "ratchet" | "warn" | "off";
export const levelType: SettingType<Level> = levels(["fail", "ratchet", "warn", "off"]);
/** How strictly a rule that needs no base is judged. */
export type PlainLevel = "fail" | "warn" | "off";
export const plainLevelType: SettingType<PlainLevel> = levels(["fail", "warn", "off"]);

export const levelReasons = [
  /** no base to compare with */
  "no-base",
  /** the image could not be examined completely */
  "unread",
  /** the image has what the rule is about */
  "present",
  /** ratchet: a new image has it */
  "present-in-new",
  /** ratchet: the image has more of it than the base, or another kind */
  "worse-than-base",
  /** ratchet: the image has it, but no more than the base */
  "no-worse-than-base",
  /** ratchet: the base could not be examined completely */
  "base-unread",
] as const;

export type LevelReason = (typeof levelReasons)[number];

/** What a rule counts in an image. */
export interface Counted<Item> {
  /** Returns what the image has; null if that is unknown. */
  of(image: Inspection): readonly Item[] | null;
  /** Returns the items of the head that make it worse than the base; both have some. */
  worse(head: Inspection, base: Inspection, subject: Subject): readonly Item[];
}

export interface Outcome<Item> {
  readonly verdict: Verdict;
  /** absent if the image has nothing of it */
  readonly reason?: LevelReason;
  /** what the finding is about: what is worse, or everything that the image has */
  readonly items: readonly Item[];
  /** number of all items of the image; null if unknown */
  readonly count: number | null;
}

/**
 * Judges what an image has at a level. `fail` and `warn` judge the image alone. `ratchet` fails only if it is worse than
 * the base. A new Dockerfile has no base to be worse than, so the ratchet only warns.
 * @returns null for `off`
 */
export function atLevel<Item>(level: Level, subject: Subject, counted: Counted<Item>): Outcome<Item> | null {
  const { head, baseMissing } = subject;
  switch (level) {
    case "off":
      return null;
    case "fail":
    case "warn":
      return alone(head, level, counted);
    case "ratchet": {
      if (baseMissing?.reason !== "new") return ratcheted(subject, counted);
      const outcome = alone(head, "warn", counted);
      return outcome.reason === "present" ? { ...outcome, reason: "present-in-new" } : outcome;
    }
  }
}

function alone<Item>(head: Inspection, level: "fail" | "warn", counted: Counted<Item>): Outcome<Item> {
  const items = counted.of(head);
  if (items === null) {
    return { verdict: undecided(level), reason: "unread", items: [], count: null };
  }
  const count = items.length;
  return count === 0
    ? { verdict: "pass", items, count }
    : { verdict: level, reason: "present", items, count };
}

/** Returns the verdict on what could not be computed: a rule that only warns does not fail for it. */
export function undecided(level: "fail" | "warn"): Verdict {
  return level === "warn" ? "warn" : "inconclusive";
}

function ratcheted<Item>(subject: Subject, counted: Counted<Item>): Outcome<Item> {
  const { head, base } = subject;
  const items = counted.of(head);
  if (items === null || items.length === 0) return alone(head, "fail", counted);
  const count = items.length;
  if (base === null) return { verdict: "inconclusive", reason: "no-base", items, count };
  const before = counted.of(base);
  if (before === null) return { verdict: "inconclusive", reason: "base-unread", items, count };
  const worse = before.length === 0 ? items : counted.worse(head, base, subject);
  return worse.length > 0
    ? { verdict: "fail", reason: "worse-than-base", items: worse, count }
    : { verdict: "pass", reason: "no-worse-than-base", items: [], count };
}

/**
 * Returns the head's items of each kind of which the head has more than the base. Where some of the kind were in the
 * base at the same place, the others are the new ones.
 */
export function moreOfAKind<Item>(
  head: readonly Item[],
  base: readonly Item[],
  keys: { readonly kindOf: (item: Item) => string; readonly placeOf: (item: Item) => string },
): readonly Item[] {
  const before = Map.groupBy(base, keys.kindOf);
  return [...Map.groupBy(head, keys.kindOf)].flatMap(([kind, items]) => {
    const others = before.get(kind) ?? [];
    if (items.length <= others.length) return [];
    const places = new Set(others.map(keys.placeOf));
    return items.filter((item) => !places.has(keys.placeOf(item)));
  });
}
