import type { Subject } from "../finding.ts";
import { distroless } from "./distroless.ts";
import { maxSize, warnSize } from "./image-size.ts";
import { maxIncrease, warnIncrease } from "./increase.ts";
import { maxLayers } from "./max-layers.ts";
import { maxPullSize } from "./max-pull-size.ts";
import type { Explanation, Fact } from "./rule.ts";

/** Every rule, in the order in which people read about them. */
export const rules = [
  maxSize,
  warnSize,
  maxIncrease,
  warnIncrease,
  distroless,
  maxPullSize,
  maxLayers,
] as const;

type AnyRule = (typeof rules)[number];

export type RuleId = AnyRule["id"];

/** What one rule found, by rule: each has limits and reasons of its own. */
export type Finding = NonNullable<ReturnType<AnyRule["evaluate"]>>;

/** What the policy sets each rule to; null where it does not set the rule. */
export type RuleSettings = {
  readonly [Each in AnyRule as Each["id"]]: ReturnType<Each["input"]["parse"]> | null;
};

/** Evaluates every rule that the policy sets. Findings are in the order of the rules. */
export function evaluate(subject: Subject, settings: RuleSettings): readonly Finding[] {
  return asAlike.flatMap((rule) => {
    const setting = settings[rule.id];
    return setting === null ? [] : (rule.evaluate(subject, setting) ?? []);
  });
}

/** A finding in words. */
export function explain(finding: Finding, subject: Subject): Explanation {
  return ruleOf(finding).explain(finding, subject);
}

/** The row of the report that shows a finding. */
export function factOf(finding: Finding): Fact {
  return ruleOf(finding).about;
}

/** Rules seen without their differences: a rule gets only its own settings and its own findings. */
interface Alike extends Omit<AnyRule, "evaluate" | "explain"> {
  evaluate(subject: Subject, setting: unknown): Finding | null;
  explain(finding: Finding, subject: Subject): Explanation;
}

const asAlike: readonly Alike[] = rules;

const byId: ReadonlyMap<RuleId, Alike> = new Map(asAlike.map((rule) => [rule.id, rule]));

function ruleOf({ rule: id }: Finding): Alike {
  const rule = byId.get(id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
