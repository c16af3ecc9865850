import { type Limit, maxGrowth, parseLimit } from "./limit.ts";
import { type RuleId, rules } from "./rules/rules.ts";
import type { SettingType } from "./setting.ts";
import { levels } from "./words.ts";

/** Settings that are about all rules of a policy, with what holds without them. */
export const generalKeys = {
  "missing-base": {
    type: levels(["fail", "warn"]),
    default: "fail",
    description:
      "Result of rules that need a base when there is none: fail (inconclusive, which fails the step) or warn.",
  },
  "warn-only": {
    type: levels(["false", "true"]),
    default: "false",
    description:
      "Turn every failing rule into a warning, for teams that are adopting the audit. Inconclusive rules still fail the step.",
  },
  "min-change": {
    type: maxGrowth,
    default: "100kB or 0.5%",
    description: "Growth that a ratchet of sizes lets pass.",
  },
} as const;

export type PolicyKey = RuleId | keyof typeof generalKeys;

/**
 * Every key of a policy, with its type: the rules, then the general ones. Types lose their settings' type here.
 * That is sound, since a key's settings are compared with each other only.
 */
export const policyKeys: ReadonlyMap<PolicyKey, SettingType<unknown>> = new Map<
  PolicyKey,
  SettingType<unknown>
>([
  ...rules.map(({ id, input }) => [id, input.type as SettingType<unknown>] as const),
  ...Object.entries(generalKeys).map(
    ([key, { type }]) => [key as PolicyKey, type as SettingType<unknown>] as const,
  ),
]);

/**
 * Parses a setting. Null for `off`, which turns any rule off: for one image, where it is set for all, or a rule that
 * holds by default.
 * @throws Failure `input-invalid`
 */
export function parseSetting(key: PolicyKey, text: string): unknown {
  if (text.toLowerCase() === off && !(key in generalKeys)) return null;
  return policyKeys.get(key)?.parse(text, key) ?? null;
}

export const off = "off";

/** Reports whether a setting fails wherever another one does. Null: the rule is off. */
export function isAsStrict(key: PolicyKey, setting: unknown, other: unknown): boolean {
  if (other === null || setting === null) return other === null;
  return policyKeys.get(key)?.isAsStrictAs(setting, other) ?? false;
}

/** What holds for each key that no policy sets. */
export const defaultTexts: ReadonlyMap<PolicyKey, string> = new Map<PolicyKey, string>([
  ...rules.flatMap(({ id, input }) => (input.default === undefined ? [] : [[id, input.default] as const])),
  ...Object.entries(generalKeys).map(([key, general]) => [key as PolicyKey, general.default] as const),
]);

/** The default of `min-change`. */
export const defaultMinChange: Limit = parseLimit(generalKeys["min-change"].default);
