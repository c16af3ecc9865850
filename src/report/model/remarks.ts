import type { Subject } from "../../policy/finding.ts";
import type { Fact } from "../../policy/rules/rule.ts";
import { explain, type Finding, factOf } from "../../policy/rules/rules.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import type { Remark } from "./row.ts";

/** An image and what the rules found. */
export type Judged = Subject & { readonly findings: readonly Finding[] };

/** Returns what the rules say about a fact. */
export function remarksOf(image: Judged, fact: Fact): readonly Remark[] {
  return image.findings
    .filter((finding) => factOf(finding) === fact)
    .map((finding) => {
      const { remark } = explain(finding, image);
      return { verdict: finding.verdict, text: [...remark, ...softened(finding)] };
    });
}

function softened({ softenedFrom, acceptedUntil }: Finding): Sentence {
  if (softenedFrom === undefined) return [];
  if (acceptedUntil !== undefined) return say` (accepted until ${[acceptedUntil]})`;
  return softenedFrom === "fail" ? say` (warn-only)` : say` (missing-base: warn)`;
}
