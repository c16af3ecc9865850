import { havingBase } from "../advice/missing-base.ts";
import { slimming } from "../advice/slimming.ts";
import { attributable } from "../attributable.ts";
import type { FindingOf, Subject, Verdict } from "../finding.ts";
import { breaches, type Limit, maxGrowth } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Explanation, Rule } from "./rule.ts";

export const maxIncrease: IncreaseRule<"max-increase"> = {
  id: "max-increase",
  about: "size",
  title: "The image does not grow by more than a limit",
  meaning:
    "Fails when the image grows by more than the limit: bytes, percent of the base, both (`5% and 10MB`), or either (`5% or 10MB`). Only what the pull request changes is judged. Drift does not count, nor does the growth of a base image whose digest moved while its reference in `FROM` stayed the same. Choosing another base image counts. Without a base the rule is inconclusive, unless the Dockerfile is new: then it does not apply.",
  input: {
    description:
      "Maximum growth of the image: 10MB, 5%, 5% and 10MB (fails above both), or 5% or 10MB (fails above either).",
    value: "limit",
    type: maxGrowth,
  },
  reasons: ["no-base", pointersReason],
  evaluate: (subject, limit) => evaluateIncrease("max-increase", "fail", subject, limit),
  explain: (finding, subject) => {
    const limit = limitOf(finding);
    return explainIncrease(finding, subject, {
      unknown: say`unknown growth, limit +${limit}`,
      within: say`limit +${limit}`,
      // Reports show the verdict before it.
      over: say`limit +${limit}`,
    });
  },
};

export const warnIncrease: IncreaseRule<"warn-increase"> = {
  id: "warn-increase",
  about: "size",
  title: "Warns when the image grows by more than a limit",
  meaning:
    "Warns when the image grows by more than the limit. What counts is the same as for `max-increase`.",
  input: {
    description: "Warn when the image grows by more than this.",
    value: "limit",
    type: maxGrowth,
  },
  reasons: ["no-base", pointersReason],
  evaluate: (subject, limit) => evaluateIncrease("warn-increase", "warn", subject, limit),
  explain: (finding, subject) => {
    const limit = limitOf(finding);
    return explainIncrease(finding, subject, {
      unknown: say`unknown whether above +${limit}`,
      within: say`warns above +${limit}`,
      // Reports show the verdict before it.
      over: say`above +${limit}`,
    });
  },
};

type IncreaseRule<Id extends string> = Rule<Id, Limit, Limit, Reason>;
type IncreaseFinding<Id extends string> = FindingOf<Id, Limit, Reason>;
type Reason = "no-base" | PointersReason;

function evaluateIncrease<Id extends string>(
  rule: Id,
  over: Verdict,
  { head, comparison, baseMissing }: Subject,
  limit: Limit,
): IncreaseFinding<Id> | null {
  if (baseMissing?.reason === "new") return null;
  if (comparison === null || comparison.size.base === null) {
    return { rule, verdict: "inconclusive", actual: null, limit, reason: "no-base" };
  }
  const actual = attributable(comparison);
  const isOver = breaches(limit, { difference: actual, base: comparison.size.base });
  return unlessPointers<IncreaseFinding<Id>>({ rule, verdict: isOver ? over : "pass", actual, limit }, head);
}

function limitOf({ limit }: IncreaseFinding<string>) {
  return { limit };
}

function explainIncrease(
  finding: IncreaseFinding<string>,
  subject: Subject,
  remarks: Record<"unknown" | "within" | "over", Explanation["remark"]>,
): Explanation {
  const pointers = explainPointers(finding);
  if (pointers !== null) return pointers;
  const limit = limitOf(finding);
  if (finding.reason === "no-base") {
    return {
      remark: remarks.unknown,
      short: say`unknown growth`,
      sentence: say`Without a base, the image's growth is unknown; ${finding.rule} is ${limit}.`,
      advice: havingBase(subject),
    };
  }
  const growth = { change: finding.actual ?? 0 };
  if (finding.verdict === "pass") {
    const sentence = say`The growth of ${growth} is within the limit of ${limit}.`;
    return { remark: remarks.within, short: remarks.within, sentence, advice: [] };
  }
  return {
    remark: remarks.over,
    short: say`grown by more than ${limit}`,
    sentence: say`The pull request's own growth is ${growth}, more than the ${finding.rule} of ${limit}.`,
    advice: slimming(subject),
  };
}
