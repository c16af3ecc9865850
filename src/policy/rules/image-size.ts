import { havingBase } from "../advice/missing-base.ts";
import { slimming } from "../advice/slimming.ts";
import { attributable } from "../attributable.ts";
import type { FindingOf, Subject } from "../finding.ts";
import { headroom } from "../headroom.ts";
import { allowedGrowth, type Limit, maxBytes, maxBytesOrRatchet } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Explanation, Rule } from "./rule.ts";

export const maxSize: Rule<"max-size", number | "ratchet", number | null, "no-base" | PointersReason> = {
  id: "max-size",
  about: "size",
  title: "The image is not larger than a limit",
  meaning:
    "Fails when the image's size is above the limit. The size is the sum of its layers' uncompressed payload. The rule needs no base, so it works from the first pull request on. `ratchet` sets the limit to the base's size and `min-change`, so that it tightens as the image shrinks. What limits on growth do not count, it does not count either. A new image is then only measured.",
  input: {
    description:
      "Maximum size of the image, the sum of its uncompressed layers, such as 300MB. Or ratchet: the base's size and min-change.",
    value: "size",
    type: maxBytesOrRatchet,
  },
  reasons: ["no-base", pointersReason],
  evaluate: (subject, setting, minChange) => {
    const { head, baseMissing } = subject;
    const limit = setting === "ratchet" ? ratchetLimit(subject, minChange) : setting;
    if (limit === null && baseMissing?.reason === "new") return null;
    if (limit === null)
      return { rule: "max-size", verdict: "inconclusive", actual: head.size, limit, reason: "no-base" };
    return unlessPointers(
      { rule: "max-size", verdict: head.size > limit ? "fail" : "pass", actual: head.size, limit },
      head,
    );
  },
  explain: (finding, subject) => {
    const { actual, limit } = finding;
    if (limit === null) {
      return {
        remark: say`no larger than before`,
        short: say`maybe larger than before`,
        sentence: say`Without a base, it is unknown whether the image is larger than before.`,
        advice: havingBase(subject),
      };
    }
    const shown = { bytes: limit, unlike: actual ?? 0 };
    return explainSize({ ...finding, limit }, subject, {
      within: headroom(actual ?? 0, shown),
      // Reports show the verdict before it.
      over: say`limit ${shown}`,
      overShort: say`over its limit of ${shown}`,
      praise: say`limit ${shown}`,
    });
  },
};

/** Returns the size that a ratchet allows, in bytes: growth that is not the author's is not counted. */
function ratchetLimit({ base, comparison }: Subject, minChange: Limit): number | null {
  if (base === null || comparison === null || comparison.size.difference === null) return null;
  const exempt = comparison.size.difference - attributable(comparison);
  return base.size + exempt + Math.floor(allowedGrowth(minChange, base.size));
}

export const warnSize: SizeRule<"warn-size"> = {
  id: "warn-size",
  about: "size",
  title: "Warns when the image is larger than a limit",
  meaning:
    "Warns when the image's size is above the limit. Set it below `max-size` to be warned before the image fails.",
  input: { description: "Warn when the image is larger than this.", value: "size", type: maxBytes },
  reasons: [pointersReason],
  evaluate: ({ head }, limit) =>
    unlessPointers(
      { rule: "warn-size", verdict: head.size > limit ? "warn" : "pass", actual: head.size, limit },
      head,
    ),
  explain: (finding, subject) => {
    const limit = limitOf(finding);
    return explainSize(finding, subject, {
      within: say`warns above ${limit}`,
      // Reports show the verdict before it.
      over: say`above ${limit}`,
      overShort: say`over its warning limit of ${limit}`,
    });
  },
};

type SizeRule<Id extends string> = Rule<Id, number, number, PointersReason>;
type SizeFinding = FindingOf<"max-size" | "warn-size", number, "no-base" | PointersReason>;

/** Returns the limit, to be shown in enough digits to differ from the image's size. */
function limitOf({ limit, actual }: SizeFinding) {
  return { bytes: limit, unlike: actual ?? 0 };
}

function explainSize(
  finding: SizeFinding,
  subject: Subject,
  words: Record<"within" | "over" | "overShort", Explanation["remark"]> & Pick<Explanation, "praise">,
): Explanation {
  const pointers = explainPointers(finding);
  if (pointers !== null) return pointers;
  const { within, over, overShort, ...praise } = words;
  const limit = limitOf(finding);
  if (finding.verdict === "pass") {
    const sentence = say`The image is within its limit of ${limit}.`;
    return { remark: within, short: within, sentence, advice: [], ...praise };
  }
  const actual = finding.actual ?? 0;
  const excess = { bytes: actual - limit.bytes };
  return {
    remark: over,
    short: overShort,
    sentence: say`The image is ${{ bytes: actual, unlike: limit.bytes }}, ${excess} over the ${finding.rule} of ${limit}.`,
    advice: slimming(subject),
  };
}
