import type { Inspection } from "../../inspect/inspection.ts";
import type { HealthcheckProblem } from "../../inspect/start/start.ts";
import { passingHealthcheck } from "../advice/healthcheck.ts";
import { type Sentence, say } from "../sentence.ts";
import { type PlainLevel, plainLevelType } from "./level.ts";
import type { Rule } from "./rule.ts";

export const healthcheck: Rule<"healthcheck", PlainLevel, null, "never-healthy"> = {
  id: "healthcheck",
  about: "start",
  title: "The image has what its HEALTHCHECK runs",
  meaning:
    "Warns when the image lacks the program of its HEALTHCHECK, such as `curl`, or the shell of the shell form. Containers then start, and never become healthy, so `depends_on` and load balancers wait for them forever. Like the start, this is proven from the image's bytes. A shell text of which another part may succeed passes. `fail` fails, `warn`, the default, only warns, and `off` skips the rule. Without a HEALTHCHECK, and to an image that cannot start at all, the rule does not apply.",
  input: {
    description: "Require that the image has what its HEALTHCHECK runs: fail, warn or off.",
    value: "level",
    default: "warn",
    type: plainLevelType,
  },
  reasons: ["never-healthy"],
  evaluate: ({ head }, level) =>
    level === "off" || head.start.healthcheck === undefined || head.start.verdict === "no"
      ? null
      : { rule: "healthcheck", verdict: level, actual: null, limit: null, reason: "never-healthy" },
  explain: (_finding, { head }) => ({
    remark: say`its ${"HEALTHCHECK"} fails`,
    short: say`never healthy`,
    sentence: sentenceOf(head),
    advice: passingHealthcheck(head),
  }),
};

function sentenceOf({ start }: Inspection): Sentence {
  return start.healthcheck === undefined ? [] : healthcheckSentence(start.healthcheck);
}

/** Says what HEALTHCHECK lacks, and what follows from it. */
export function healthcheckSentence({ needs, found, isShellForm }: HealthcheckProblem): Sentence {
  const words = { words: found };
  const why =
    isShellForm && needs === "/bin/sh"
      ? say`${"HEALTHCHECK"} is in shell form, which needs ${needs}: ${words}.`
      : say`${"HEALTHCHECK"} cannot run ${needs}: ${words}.`;
  return say`${why} Containers start, and never become healthy.`;
}
