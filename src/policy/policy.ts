import { type RuleSettings, rules } from "./rules/rules.ts";
import { oneOf } from "./words.ts";

/** What an image is judged by. */
export interface Policy {
  readonly rules: RuleSettings;
  /** the verdict of rules that need a missing base: `fail` = inconclusive, which fails; `warn` = a warning */
  readonly missingBase: "fail" | "warn";
  readonly warnOnly: boolean;
}

/**
 * Parses the policy from the inputs' texts, by input name. Ignores other inputs.
 * @throws Failure `input-invalid`, which names the input and the value that was probably meant
 */
export function parsePolicy(texts: ReadonlyMap<string, string>): Policy {
  const text = (name: string, fallback = "") => texts.get(name)?.trim() || fallback;
  const settings = rules.map(({ id, input }) => {
    const given = text(id, input.default);
    return [id, given === "" ? null : input.type.parse(given, id)] as const;
  });
  return {
    rules: Object.fromEntries(settings) as RuleSettings,
    missingBase: oneOf(["fail", "warn"])(text("missing-base", "fail"), "missing-base"),
    warnOnly: oneOf(["true", "false"])(text("warn-only", "false"), "warn-only") === "true",
  };
}

/** Reports whether the policy sets a rule that needs the pull size. */
export function needsPullSize({ rules: settings }: Policy): boolean {
  return rules.some((rule) => rule.needsPullSize && settings[rule.id] !== null);
}
