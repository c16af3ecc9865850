import type { UnusedStage } from "../../inspect/inspection.ts";
import { firstListed, type Sentence, say } from "../sentence.ts";
import { type PlainLevel, plainLevelType, undecided } from "./level.ts";
import { type NoDockerfile, namingDockerfile, noDockerfile } from "./no-dockerfile.ts";
import type { Rule } from "./rule.ts";

type Reason = NoDockerfile | "unused-stages";

export const noUnusedStages: Rule<"no-unused-stages", PlainLevel, null, Reason> = {
  id: "no-unused-stages",
  about: "stages",
  title: "The target needs every stage of the Dockerfile",
  meaning:
    "Fails when the Dockerfile has a stage that the target does not need. Such a stage is not built, so nobody notices when it breaks. Leave the rule off for a Dockerfile with several targets, where each is unused by the others. `fail` fails, `warn` only warns, and `off`, the default, skips the rule. Without a Dockerfile the rule is inconclusive.",
  input: {
    description: "Require that the target needs every stage of the Dockerfile: fail, warn or off.",
    value: "level",
    default: "off",
    type: plainLevelType,
  },
  reasons: [noDockerfile, "unused-stages"],
  evaluate: ({ head }, level) => {
    if (level === "off") return null;
    const rule = "no-unused-stages";
    if (head.unusedStages === null)
      return { rule, verdict: undecided(level), actual: null, limit: null, reason: noDockerfile };
    const actual = head.unusedStages.length;
    if (actual === 0) return { rule, verdict: "pass", actual, limit: null };
    return { rule, verdict: level, actual, limit: null, reason: "unused-stages" };
  },
  explain: ({ reason }, { head }) => {
    const named = firstOf(head.unusedStages ?? []);
    if (reason === undefined) {
      return {
        remark: say`all used`,
        short: say`all stages used`,
        sentence: say`The target needs every stage of the Dockerfile.`,
        advice: [],
      };
    }
    switch (reason) {
      case "no-dockerfile":
        return {
          remark: say`unknown which are used`,
          short: say`its stages are unknown`,
          sentence: say`Without a Dockerfile, it is unknown whether it has unused stages.`,
          advice: namingDockerfile,
        };
      case "unused-stages":
        return {
          remark: say`not used: ${named}`,
          short: say`with unused stages`,
          sentence: say`The target does not need these stages: ${named}.`,
          advice: [say`Remove the stages that no target needs: ${named}.`],
        };
    }
  },
};

/** `lint (line 5), line 9 and 2 more` */
function firstOf(stages: readonly UnusedStage[]): Sentence {
  return firstListed(stages, maxShown, ({ name, line }) =>
    name === null ? say`line ${line}` : say`${name} (line ${line})`,
  );
}

const maxShown = 4;
