import { say } from "../sentence.ts";
import { maxCount } from "../words.ts";
import type { Rule } from "./rule.ts";

export const maxLayers: Rule<"max-layers", number, number, never> = {
  id: "max-layers",
  about: "layers",
  title: "The image has no more layers than a limit",
  meaning: "Fails when the image has more layers than the limit. The layers of its base image count.",
  input: {
    description: "Maximum number of layers.",
    value: "count",
    type: maxCount,
  },
  reasons: [],
  evaluate: ({ head }, limit) => {
    const actual = head.layers.length;
    return { rule: "max-layers", verdict: actual > limit ? "fail" : "pass", actual, limit };
  },
  explain: (finding, { head }) => {
    const { limit } = finding;
    const remark = say`limit ${limit}`;
    if (finding.verdict === "pass") {
      return {
        remark,
        short: remark,
        sentence: say`The image is within its limit of ${limit} layers.`,
        advice: [],
      };
    }
    const own = head.layers.filter((layer) => layer.origin !== "base-image").length;
    return {
      remark,
      short: say`over its limit of ${limit} layers`,
      sentence: say`The image has ${finding.actual ?? 0} layers, more than the ${finding.rule} of ${limit}.`,
      advice: [
        say`Join adjacent ${"RUN"} instructions, and ${"COPY"} instructions with the same destination: ${own} of the ${finding.actual ?? 0} layers do not come from the base image.`,
      ],
    };
  },
};
