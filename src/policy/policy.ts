import type { Exception } from "./exception.ts";
import { generalKeys, type PolicyKey, parseSetting, policyKeys } from "./keys.ts";
import type { Limit } from "./limit.ts";
import { type RuleId, type RuleSettings, rules } from "./rules/rules.ts";
import type { PolicySource } from "./source.ts";

/** What one source asks of an image. Several may hold at once; then an image has to satisfy each. */
export interface Policy {
  readonly source: PolicySource;
  /** what the source sets, as it is written there */
  readonly texts: PolicyTexts;
  /** where its file sets a key, 1-based; empty if it is no file */
  readonly lines: ReadonlyMap<PolicyKey, number>;
  readonly rules: RuleSettings;
  /** the verdict of rules that need a missing base: `fail` = inconclusive, which fails; `warn` = a warning */
  readonly missingBase: "fail" | "warn";
  readonly warnOnly: boolean;
  /** a ratchet of sizes lets this much growth pass */
  readonly minChange: Limit;
  /** those that are for this image and in force */
  readonly exceptions: readonly Exception[];
}

export type PolicyTexts = ReadonlyMap<PolicyKey, string>;

/**
 * Parses what a source sets. Ignores texts that are no setting of a policy.
 * @throws Failure `input-invalid`, which names the setting and the value that was probably meant
 */
export function policyOf(
  given: ReadonlyMap<string, string>,
  source: PolicySource,
  exceptions: readonly Exception[] = [],
  lines: ReadonlyMap<PolicyKey, number> = new Map(),
): Policy {
  const texts: PolicyTexts = new Map(
    [...policyKeys.keys()].flatMap((key) => {
      const text = given.get(key)?.trim() ?? "";
      return text === "" ? [] : [[key, text] as const];
    }),
  );
  const textOf = (key: keyof typeof generalKeys) => texts.get(key) ?? generalKeys[key].default;
  return {
    source,
    texts,
    lines,
    rules: Object.fromEntries(
      rules.map(({ id }) => {
        const text = texts.get(id);
        return [id, text === undefined ? null : parseSetting(id, text)];
      }),
    ) as RuleSettings,
    missingBase: generalKeys["missing-base"].type.parse(textOf("missing-base"), "missing-base"),
    warnOnly: generalKeys["warn-only"].type.parse(textOf("warn-only"), "warn-only") === "true",
    minChange: generalKeys["min-change"].type.parse(textOf("min-change"), "min-change"),
    exceptions,
  };
}

/**
 * Adds the defaults of the rules that no authority sets. Exceptions, warn-only and the like of the last authority
 * hold for them as well.
 * @param authorities the policies that may turn a default off, the repository's own last
 * @param others policies that only tighten
 */
export function withDefaults(
  authorities: readonly Policy[],
  others: readonly Policy[] = [],
): readonly Policy[] {
  const isSet = (key: PolicyKey) => authorities.some(({ texts }) => texts.has(key));
  const defaults = rules.flatMap(({ id, input }) =>
    input.default === undefined || isSet(id) ? [] : [[id, input.default] as const],
  );
  const own = authorities.at(-1);
  const general = Object.keys(generalKeys).flatMap((key) => {
    const text = own?.texts.get(key as PolicyKey);
    return text === undefined ? [] : [[key, text] as const];
  });
  const texts = new Map<string, string>([...defaults, ...general]);
  return [...authorities, ...others, policyOf(texts, { kind: "default" }, own?.exceptions)];
}

/** Reports whether any policy sets a rule that needs the pull size. */
export function needsPullSize(policies: readonly Policy[]): boolean {
  return rules.some((rule) => rule.needsPullSize && policies.some((policy) => isSet(policy, rule.id)));
}

function isSet({ rules: settings }: Policy, id: RuleId): boolean {
  return settings[id] !== null;
}
