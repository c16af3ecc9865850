import type { Subject } from "../finding.ts";
import type { Limit } from "../limit.ts";
import { allowedBaseImages } from "./allowed-base-images.ts";
import { distroless } from "./distroless.ts";
import { healthcheck } from "./healthcheck.ts";
import { maxSize, warnSize } from "./image-size.ts";
import { maxIncrease, warnIncrease } from "./increase.ts";
import { maxLayerSize } from "./max-layer-size.ts";
import { maxLayers } from "./max-layers.ts";
import { maxPullSize } from "./max-pull-size.ts";
import { maxUnpackedSize } from "./max-unpacked-size.ts";
import { maxWaste } from "./max-waste.ts";
import { minStages } from "./min-stages.ts";
import { noBuildTools } from "./no-build-tools.ts";
import { noLeftovers } from "./no-leftovers.ts";
import { noSecrets } from "./no-secrets.ts";
import { noSetuid } from "./no-setuid.ts";
import { noUnusedStages } from "./no-unused-stages.ts";
import { paths } from "./paths.ts";
import { pinnedBaseImage } from "./pinned-base-image.ts";
import type { Explanation, Fact } from "./rule.ts";
import { sameBaseDigest } from "./same-base-digest.ts";
import { starts } from "./starts.ts";
import { user } from "./user.ts";

/** Every rule, in the order of the documentation and the reports. */
export const rules = [
  maxSize,
  warnSize,
  maxIncrease,
  warnIncrease,
  distroless,
  starts,
  healthcheck,
  noSecrets,
  maxPullSize,
  maxUnpackedSize,
  maxLayerSize,
  paths,
  maxWaste,
  maxLayers,
  allowedBaseImages,
  pinnedBaseImage,
  sameBaseDigest,
  minStages,
  noUnusedStages,
  user,
  noSetuid,
  noBuildTools,
  noLeftovers,
] as const;

type AnyRule = (typeof rules)[number];

export type RuleId = AnyRule["id"];

/** What one rule found. Each rule has its own limits and reasons. */
export type Finding = NonNullable<ReturnType<AnyRule["evaluate"]>>;

/** What the policy sets each rule to; null if it does not set the rule. */
export type RuleSettings = {
  readonly [Each in AnyRule as Each["id"]]: ReturnType<Each["input"]["type"]["parse"]> | null;
};

/** Evaluates every rule that a policy sets. Findings are in the order of the rules. */
export function evaluate(
  subject: Subject,
  { rules: settings, minChange }: { readonly rules: RuleSettings; readonly minChange: Limit },
): readonly Finding[] {
  return untypedRules.flatMap((rule) => {
    const setting = settings[rule.id];
    return setting === null ? [] : (rule.evaluate(subject, setting, minChange) ?? []);
  });
}

/** Reports whether a finding lists every path that it is about, so that an exception can accept it path by path. */
export function listsEveryPath(finding: Finding): boolean {
  return ruleOf(finding).listsEveryPath === true;
}

/** Puts a finding into words. */
export function explain(finding: Finding, subject: Subject): Explanation {
  return ruleOf(finding).explain(finding, subject);
}

/** Returns the fact that a finding is about. */
export function factOf(finding: Finding): Fact {
  return ruleOf(finding).about;
}

/** A rule without its own types. That is sound, since a rule gets only its own settings and findings. */
interface UntypedRule extends Omit<AnyRule, "evaluate" | "explain" | "listsEveryPath"> {
  readonly listsEveryPath?: true;
  evaluate(subject: Subject, setting: unknown, minChange: Limit): Finding | null;
  explain(finding: Finding, subject: Subject): Explanation;
}

const untypedRules: readonly UntypedRule[] = rules;

const byId: ReadonlyMap<RuleId, UntypedRule> = new Map(untypedRules.map((rule) => [rule.id, rule]));

function ruleOf({ rule: id }: Finding): UntypedRule {
  const rule = byId.get(id);
  if (rule === undefined) throw new Error(`there is no rule ${id}`);
  return rule;
}
