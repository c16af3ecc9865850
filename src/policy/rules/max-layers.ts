import { say } from "../sentence.ts";
import type { Rule } from "./rule.ts";

export const maxLayers: Rule = {
  id: "max-layers",
  title: "The image has no more layers than a limit",
  meaning: "Fails when the image has more layers than the limit, those of its base image included.",
  evaluate: ({ head }, { maxLayers: limit }) => {
    const actual = head.layers.length;
    return limit === null
      ? null
      : { rule: "max-layers", verdict: actual > limit ? "fail" : "pass", actual, limit };
  },
  explain: (finding, { head }) => {
    const limit = Number(finding.limit);
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
      sentence: say`The image has ${finding.actual ?? 0} layers, more than the ${limit} of ${finding.rule}.`,
      advice: [
        say`Join neighbouring ${"RUN"} instructions, and ${"COPY"} instructions with one destination: ${own} of the ${finding.actual ?? 0} layers are not the base image's.`,
      ],
    };
  },
};
