import type { FindingOf, Subject } from "../finding.ts";
import type { Sentence } from "../sentence.ts";

/** A fact about an image that the report has a row for. */
export type Fact = "size" | "pull-size" | "distroless" | "layers";

/**
 * One rule of the policy, with all its words: the input that sets it, what it means, how it judges, and how its findings
 * read.
 */
export interface Rule<Id extends string, Setting, Limit, Reason extends string> {
  /** also the name of the rule's input */
  readonly id: Id;
  /** the row of the report that shows its findings */
  readonly about: Fact;
  readonly title: string;
  /** Markdown, for docs/policy.md */
  readonly meaning: string;
  readonly input: RuleInput<Setting>;
  /** every reason that its findings may have */
  readonly reasons: readonly Reason[];
  /** whether it can only be decided where the pull size is known */
  readonly needsPullSize?: true;
  /** @returns null where the rule does not apply */
  evaluate(subject: Subject, setting: Setting): FindingOf<Id, Limit, Reason> | null;
  explain(finding: FindingOf<Id, Limit, Reason>, subject: Subject): Explanation;
}

export interface RuleInput<Setting> {
  readonly description: string;
  /** the placeholder in the command's help */
  readonly value: string;
  readonly default?: string;
  /** @throws Failure `input-invalid`, which names the input */
  parse(text: string, input: string): Setting;
}

/** A finding in words. */
export interface Explanation {
  /** beside the value that it is about: `limit 100 MB` */
  readonly remark: Sentence;
  /** in the headline, after the image's name and size: `over its limit of 100 MB` */
  readonly short: Sentence;
  /** alone, with both numbers */
  readonly sentence: Sentence;
  /** what to do, the most concrete first; empty where there is nothing to do */
  readonly advice: readonly Sentence[];
  /** in the headline of an image that passes; absent where that has nothing to say about it */
  readonly praise?: Sentence;
}
