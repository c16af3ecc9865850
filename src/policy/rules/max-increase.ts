import { evaluateGrowth, explainGrowth } from "./increase.ts";
import type { Rule } from "./rule.ts";

export const maxIncrease: Rule = {
  id: "max-increase",
  title: "The image does not grow by more than a limit",
  meaning:
    "Fails when the image grows by more than the limit: bytes, percent of the base, both (`5% and 10MB`), or either (`5% or 10MB`). Judged is what the pull request does: drift is not counted, nor is the base image's growth where the reference in `FROM` is unchanged and only its digest moved. Choosing another base image counts. Without a base it is inconclusive, unless the Dockerfile is new; then it does not apply.",
  evaluate: (subject, policy) => evaluateGrowth("max-increase", "fail", subject, policy.maxIncrease),
  explain: explainGrowth,
};
