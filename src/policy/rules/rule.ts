import type { Finding, RuleId, Subject } from "../finding.ts";
import type { Policy } from "../policy.ts";
import type { Sentence } from "../sentence.ts";

/** One rule of the policy: what it means, how it is judged, and how a finding of it is told. */
export interface Rule {
  readonly id: RuleId;
  readonly title: string;
  /** Markdown, for docs/policy.md */
  readonly meaning: string;
  /** @returns null where the policy does not set the rule, or where it does not apply */
  readonly evaluate: (subject: Subject, policy: Policy) => Finding | null;
  readonly explain: (finding: Finding, subject: Subject) => Explanation;
}

/** A finding in words. */
export interface Explanation {
  /** beside the value that it is about: `limit 100 MB` */
  readonly remark: Sentence;
  /** in the headline, after the image's name and size: `over its limit of 100 MB` */
  readonly short: Sentence;
  /** by itself, with both numbers */
  readonly sentence: Sentence;
  /** what to do, the most concrete first; empty where nothing is to be done */
  readonly advice: readonly Sentence[];
}
