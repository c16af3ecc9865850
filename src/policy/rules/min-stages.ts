import { say } from "../sentence.ts";
import { minCount } from "../words.ts";
import { type NoDockerfile, namingDockerfile, noDockerfile } from "./no-dockerfile.ts";
import type { Rule } from "./rule.ts";

export const minStages: Rule<"min-stages", number, number, NoDockerfile> = {
  id: "min-stages",
  about: "stages",
  title: "The build has at least a number of stages",
  meaning:
    "Fails when the target needs fewer stages than the limit, itself included. `2` requires a multi-stage build, so that what builds the program need not be in the image. Stages that the target does not need do not count. Without a Dockerfile the rule is inconclusive.",
  input: {
    description: "Minimum number of stages that the target needs.",
    value: "count",
    type: minCount,
  },
  reasons: [noDockerfile],
  evaluate: ({ head }, limit) => {
    const rule = "min-stages";
    if (head.stages === null) {
      return { rule, verdict: "inconclusive", actual: null, limit, reason: noDockerfile };
    }
    const actual = head.stages.reachable;
    return { rule, verdict: actual < limit ? "fail" : "pass", actual, limit };
  },
  explain: ({ verdict, limit, actual, reason }, _subject) => {
    const remark = say`at least ${limit}`;
    if (reason === noDockerfile) {
      return {
        remark: say`unknown, ${remark}`,
        short: say`its number of stages is unknown`,
        sentence: say`Without a Dockerfile, the number of stages is unknown; ${"min-stages"} is ${limit}.`,
        advice: namingDockerfile,
      };
    }
    if (verdict === "pass") {
      return { remark, short: remark, sentence: say`The build has at least ${limit} stages.`, advice: [] };
    }
    return {
      remark,
      short: say`fewer than ${limit} stages`,
      sentence: say`The build needs ${actual ?? 0} of its stages, fewer than the ${"min-stages"} of ${limit}.`,
      advice: [
        say`Build in an earlier stage, and copy only what runs into the last one with ${"COPY --from"}.`,
      ],
    };
  },
};
