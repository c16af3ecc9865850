import { evaluateGrowth, explainGrowth } from "./increase.ts";
import type { Rule } from "./rule.ts";

export const warnIncrease: Rule = {
  id: "warn-increase",
  title: "The image does not grow by more than is to be warned of",
  meaning: "Warns when the image grows by more than the limit. Judged like `max-increase`.",
  evaluate: (subject, policy) => evaluateGrowth("warn-increase", "warn", subject, policy.warnIncrease),
  explain: explainGrowth,
};
