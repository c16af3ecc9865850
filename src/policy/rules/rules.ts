import type { Finding, RuleId, Subject } from "../finding.ts";
import { distroless } from "./distroless.ts";
import { maxIncrease } from "./max-increase.ts";
import { maxLayers } from "./max-layers.ts";
import { maxPullSize } from "./max-pull-size.ts";
import { maxSize } from "./max-size.ts";
import type { Explanation, Rule } from "./rule.ts";
import { warnIncrease } from "./warn-increase.ts";
import { warnSize } from "./warn-size.ts";

/** Every rule, in the order in which people read of them. */
export const rules: readonly Rule[] = [
  maxSize,
  warnSize,
  maxIncrease,
  warnIncrease,
  distroless,
  maxPullSize,
  maxLayers,
];

const byId: ReadonlyMap<RuleId, Rule> = new Map(rules.map((rule) => [rule.id, rule]));

/** A finding in words. */
export function explain(finding: Finding, subject: Subject): Explanation {
  const rule = byId.get(finding.rule);
  if (rule === undefined) throw new Error(`there is no rule ${finding.rule}`);
  return rule.explain(finding, subject);
}
