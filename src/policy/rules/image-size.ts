import { slimming } from "../advice/slimming.ts";
import type { FindingOf, Subject } from "../finding.ts";
import { maxBytes } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Explanation, Rule } from "./rule.ts";

export const maxSize: SizeRule<"max-size"> = {
  id: "max-size",
  about: "size",
  title: "The image is not larger than a limit",
  meaning:
    "Fails when the image's size is above the limit. The size is the sum of its layers' uncompressed payload. The rule needs no base, so it works from the first pull request on.",
  input: {
    description: "Maximum size of the image, the sum of its uncompressed layers, such as 300MB.",
    value: "size",
    type: maxBytes,
  },
  reasons: [pointersReason],
  evaluate: ({ head }, limit) =>
    unlessPointers(
      { rule: "max-size", verdict: head.size > limit ? "fail" : "pass", actual: head.size, limit },
      head,
    ),
  explain: (finding, subject) => {
    const limit = limitOf(finding);
    const remark = say`limit ${limit}`;
    return explainSize(finding, subject, {
      within: remark,
      // Reports show the verdict before it.
      over: remark,
      overShort: say`over its limit of ${limit}`,
      praise: remark,
    });
  },
};

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
type SizeFinding = FindingOf<"max-size" | "warn-size", number, PointersReason>;

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
