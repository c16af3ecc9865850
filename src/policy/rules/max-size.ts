import { evaluateSize, explainSize } from "./image-size.ts";
import type { Rule } from "./rule.ts";

export const maxSize: Rule = {
  id: "max-size",
  title: "The image is not larger than a limit",
  meaning:
    "Fails when the image's size, the sum of its layers' uncompressed payload, is above the limit. It needs no base, so it holds on the first pull request as well.",
  evaluate: (subject, policy) => evaluateSize("max-size", "fail", subject, policy.maxSize),
  explain: explainSize,
};
