import { slimming } from "../advice/slimming.ts";
import { headroom } from "../headroom.ts";
import { maxBytes } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Rule } from "./rule.ts";

type Reason = "pull-size-unknown" | "pull-size-estimate" | PointersReason;

export const maxPullSize: Rule<"max-pull-size", number, number, Reason> = {
  id: "max-pull-size",
  about: "pull-size",
  title: "Pulling the image does not transfer more than a limit",
  meaning:
    "Fails when the compressed bytes that a registry would serve (manifest, config and layers) are above the limit. The rule is inconclusive if the pull size is unknown, or is an estimate whose range includes the limit.",
  input: {
    description: "Maximum pull size: the compressed bytes that a registry would serve.",
    value: "size",
    type: maxBytes,
  },
  reasons: ["pull-size-unknown", "pull-size-estimate", pointersReason],
  needsPullSize: true,
  evaluate: ({ head }, limit) => {
    const rule = "max-pull-size";
    const pull = head.pullSize;
    if (pull === null)
      return { rule, verdict: "inconclusive", actual: null, limit, reason: "pull-size-unknown" };
    const actual = pull.bytes;
    const [low, high] = pull.exact ? [actual, actual] : [pull.low, pull.high];
    if (low > limit) return { rule, verdict: "fail", actual, limit };
    if (high <= limit) return unlessPointers({ rule, verdict: "pass", actual, limit }, head);
    return { rule, verdict: "inconclusive", actual, limit, reason: "pull-size-estimate" };
  },
  explain: (finding, subject) => {
    const pointers = explainPointers(finding);
    if (pointers !== null) return pointers;
    const limit = { bytes: finding.limit, unlike: finding.actual ?? 0 };
    const remark = say`limit ${limit}`;
    const exactly = say`Build the image where its compressed layers are kept (with a ${"docker-container"} builder, or in the engine's containerd image store), or push it and set ${"image: registry:NAME"}.`;
    const pull = subject.head.pullSize;
    if (finding.reason === "pull-size-unknown" || pull === null) {
      return {
        remark: say`unknown, ${remark}`,
        short: say`its pull size is unknown`,
        sentence: say`The pull size is unknown; ${finding.rule} is ${limit}.`,
        advice: [exactly],
      };
    }
    if (finding.reason === "pull-size-estimate") {
      const range = say`between ${{ bytes: pull.low, unlike: limit.bytes }} and ${{ bytes: pull.high, unlike: limit.bytes }}`;
      return {
        remark: say`too close to the limit of ${limit}`,
        short: say`its pull size may be over ${limit}`,
        sentence: say`The pull size is estimated ${range}, too close to the ${finding.rule} of ${limit}.`,
        advice: [exactly],
      };
    }
    if (finding.verdict === "pass") {
      return {
        remark: headroom(pull.bytes, limit),
        short: remark,
        sentence: say`The pull size is within its limit of ${limit}.`,
        advice: [],
      };
    }
    return {
      remark,
      short: say`its pull size is over the limit of ${limit}`,
      sentence: say`The pull size is ${{ bytes: pull.bytes, unlike: limit.bytes }}, over the ${finding.rule} of ${limit}.`,
      advice: slimming(subject),
    };
  },
};
