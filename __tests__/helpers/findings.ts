import type { Verdict } from "../../src/policy/finding.ts";
import { explain, type RuleId } from "../../src/policy/rules/rules.ts";
import { inText } from "../../src/report/text/sentence.ts";
import { auditedImage, type ImageParts } from "./inspection.ts";

/** What one rule says about an image. */
export interface Told {
  readonly verdict: Verdict;
  readonly actual: number | null;
  readonly reason: string | undefined;
  readonly paths: readonly string[] | undefined;
  readonly remark: string;
  readonly sentence: string;
  readonly advice: readonly string[];
}

/** Judges an image by one rule, set to a text. Returns null if the rule does not apply. */
export function told(rule: RuleId, setting: string, parts: Omit<ImageParts, "policy">): Told | null {
  const image = auditedImage({ ...parts, policy: { [rule]: setting } });
  const finding = image.findings.find((each) => each.rule === rule);
  if (finding === undefined) return null;
  const { verdict, actual, reason, paths } = finding;
  const { remark, sentence, advice } = explain(finding, image);
  return {
    verdict,
    actual,
    reason,
    paths,
    remark: inText(remark),
    sentence: inText(sentence),
    advice: advice.map((each) => inText(each)),
  };
}
