import { evaluateSize, explainSize } from "./image-size.ts";
import type { Rule } from "./rule.ts";

export const warnSize: Rule = {
  id: "warn-size",
  title: "The image stays below a size to be warned of",
  meaning:
    "Warns when the image's size is above the limit. Set it below `max-size`, to hear of it before it fails.",
  evaluate: (subject, policy) => evaluateSize("warn-size", "warn", subject, policy.warnSize),
  explain: explainSize,
};
