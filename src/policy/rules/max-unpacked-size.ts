import { slimming } from "../advice/slimming.ts";
import { headroom } from "../headroom.ts";
import { maxBytes } from "../limit.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Rule } from "./rule.ts";

export const maxUnpackedSize: Rule<"max-unpacked-size", number, number, PointersReason> = {
  id: "max-unpacked-size",
  about: "unpacked-size",
  title: "The image's filesystem is not larger than a limit",
  meaning:
    "Fails when the regular files that a container sees are larger than the limit together. A file counts once, however many hard links it has. Unlike `max-size`, the rule does not count what later layers overwrite or delete.",
  input: {
    description: "Maximum size of the files that a container sees.",
    value: "size",
    type: maxBytes,
  },
  reasons: [pointersReason],
  evaluate: ({ head }, limit) => {
    const actual = head.unpackedSize;
    return unlessPointers(
      { rule: "max-unpacked-size", verdict: actual > limit ? "fail" : "pass", actual, limit },
      head,
    );
  },
  explain: (finding, subject) => {
    const pointers = explainPointers(finding);
    if (pointers !== null) return pointers;
    const actual = finding.actual ?? 0;
    const limit = { bytes: finding.limit, unlike: actual };
    const remark = say`limit ${limit}`;
    if (finding.verdict === "pass") {
      const sentence = say`The unpacked size is within its limit of ${limit}.`;
      return { remark: headroom(actual, limit), short: remark, sentence, advice: [] };
    }
    return {
      remark,
      short: say`its unpacked size is over the limit of ${limit}`,
      sentence: say`The unpacked size is ${{ bytes: actual, unlike: finding.limit }}, over the ${finding.rule} of ${limit}.`,
      advice: slimming(subject),
    };
  },
};
