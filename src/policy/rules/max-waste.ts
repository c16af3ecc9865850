import { lessWaste } from "../advice/waste.ts";
import type { FindingOf } from "../finding.ts";
import { breaches, type Limit, maxGrowth } from "../limit.ts";
import { ownWaste } from "../own-waste.ts";
import { say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Rule } from "./rule.ts";

export const maxWaste: Rule<"max-waste", Limit, Limit, PointersReason> = {
  id: "max-waste",
  about: "waste",
  title: "The image's layers hold no more wasted bytes than a limit",
  meaning:
    "Fails when the image's own layers waste more than the limit: bytes, percent of the image's size, both (`5% and 10MB`), or either (`5% or 10MB`). Wasted are the files of a layer that a later layer overwrites, deletes, or holds again with the same content (as after `chmod` or `chown`): every pull transfers them, and no container sees them. What the layers of the base image waste of each other does not count. The size of a file is exact. That a file has the same content is judged by its size and CRC-32, which only decides how the waste is called, never how much it is.",
  input: {
    description:
      "Maximum bytes that later layers overwrite, delete or copy: 10MB, 5% of the image's size, 5% and 10MB, or 5% or 10MB.",
    value: "limit",
    type: maxGrowth,
  },
  reasons: [pointersReason],
  evaluate: ({ head }, limit) => {
    const actual = ownWaste(head);
    const isOver = breaches(limit, { difference: actual, base: head.size });
    return unlessPointers<FindingOf<"max-waste", Limit, PointersReason>>(
      { rule: "max-waste", verdict: isOver ? "fail" : "pass", actual, limit },
      head,
    );
  },
  explain: (finding, subject) => {
    const pointers = explainPointers(finding);
    if (pointers !== null) return pointers;
    const limit = { limit: finding.limit };
    const remark = say`limit ${limit}`;
    if (finding.verdict === "pass") {
      const sentence = say`The wasted bytes are within their limit of ${limit}.`;
      return { remark, short: remark, sentence, advice: [] };
    }
    return {
      remark,
      short: say`it wastes more than ${limit}`,
      sentence: say`The image's own layers waste ${{ bytes: finding.actual ?? 0 }}, more than the ${finding.rule} of ${limit}.`,
      advice: lessWaste(subject.head),
    };
  },
};
