import { type Limit, maxGrowth, parseLimit } from "./limit.ts";
import { type RuleId, rules } from "./rules/rules.ts";
import type { SettingType } from "./setting.ts";
import { levels } from "./words.ts";

/** Settings that are about all rules of a policy. */
export const generalKeys = {
  "missing-base": levels(["fail", "warn"]),
  "warn-only": levels(["false", "true"]),
  "min-change": maxGrowth,
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
    ([key, type]) => [key as PolicyKey, type as SettingType<unknown>] as const,
  ),
]);

/** What holds for each key that no policy sets. */
export const defaultTexts: ReadonlyMap<PolicyKey, string> = new Map<PolicyKey, string>([
  ...rules.flatMap(({ id, input }) => (input.default === undefined ? [] : [[id, input.default] as const])),
  ["missing-base", "fail"],
  ["warn-only", "false"],
  ["min-change", "100kB or 0.5%"],
]);

/** The default of `min-change`. */
export const defaultMinChange: Limit = parseLimit(defaultTexts.get("min-change") ?? "");
