import type { Inspection } from "../../inspect/inspection.ts";
import { slimming } from "../advice/slimming.ts";
import { headroom } from "../headroom.ts";
import { maxBytes } from "../limit.ts";
import { type Sentence, say } from "../sentence.ts";
import { explainPointers, type PointersReason, pointersReason, unlessPointers } from "./lfs.ts";
import type { Explanation, Fact, Rule } from "./rule.ts";

/** A rule that limits a size of the head's image that is always known. */
interface SizeLimit<Id extends string> {
  readonly id: Id;
  readonly about: Fact;
  readonly title: string;
  readonly meaning: string;
  readonly description: string;
  /** in bytes */
  readonly sizeOf: (image: Inspection) => number;
  /** what is within its limit, up to the limit: `The unpacked size is within its limit of` */
  readonly within: string;
  /** Puts a size above the limit into words. */
  readonly over: (size: Size, image: Inspection) => Pick<Explanation, "short" | "sentence">;
}

/** A size and its limit, each to be shown in enough digits to differ from the other. */
interface Size {
  readonly actual: { readonly bytes: number; readonly unlike: number };
  readonly limit: { readonly bytes: number; readonly unlike: number };
}

/** Returns a rule that fails when a size is above its limit. */
export function sizeLimit<Id extends string>(rule: SizeLimit<Id>): Rule<Id, number, number, PointersReason> {
  const { id, about, title, meaning, description, sizeOf, within, over } = rule;
  return {
    id,
    about,
    title,
    meaning,
    input: { description, value: "size", type: maxBytes },
    reasons: [pointersReason],
    evaluate: ({ head }, limit) => {
      const actual = sizeOf(head);
      return unlessPointers({ rule: id, verdict: actual > limit ? "fail" : "pass", actual, limit }, head);
    },
    explain: (finding, subject) => {
      const pointers = explainPointers(finding);
      if (pointers !== null) return pointers;
      const bytes = finding.actual ?? 0;
      const actual = { bytes, unlike: finding.limit };
      const limit = { bytes: finding.limit, unlike: bytes };
      const remark: Sentence = say`limit ${limit}`;
      if (finding.verdict === "pass") {
        const sentence = say`${[within]} ${limit}.`;
        return { remark: headroom(bytes, limit), short: remark, sentence, advice: [] };
      }
      return { remark, ...over({ actual, limit }, subject.head), advice: slimming(subject) };
    },
  };
}
