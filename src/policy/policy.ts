import { type RuleSettings, rules } from "./rules/rules.ts";
import { oneOf } from "./words.ts";

/** What one image is judged by. */
export interface Policy {
  readonly rules: RuleSettings;
  /** what rules that need an absent base count as: `fail` = inconclusive, which fails; `warn` = a warning */
  readonly missingBase: "fail" | "warn";
  readonly warnOnly: boolean;
}

/**
 * Makes the policy from the inputs' texts, by input name. Other inputs are ignored.
 * @throws Failure `input-invalid`, which names the input and the value that may have been meant
 */
export function parsePolicy(texts: ReadonlyMap<string, string>): Policy {
  const text = (name: string, fallback = "") => texts.get(name)?.trim() || fallback;
  const settings = rules.map(({ id, input }) => {
    const given = text(id, input.default);
    return [id, given === "" ? null : input.parse(given, id)] as const;
  });
  return {
    rules: Object.fromEntries(settings) as RuleSettings,
    missingBase: oneOf(["fail", "warn"])(text("missing-base", "fail"), "missing-base"),
    warnOnly: oneOf(["true", "false"])(text("warn-only", "false"), "warn-only") === "true",
  };
}

/** Whether a rule that the policy sets can only be decided where the pull size is known. */
export function needsPullSize({ rules: settings }: Policy): boolean {
  return rules.some((rule) => rule.needsPullSize && settings[rule.id] !== null);
}
