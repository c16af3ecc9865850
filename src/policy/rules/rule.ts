import type { FindingOf, Subject } from "../finding.ts";
import type { Limit as Growth } from "../limit.ts";
import type { Sentence } from "../sentence.ts";
import type { SettingType } from "../setting.ts";

/** A fact about an image that the report has a row for. */
export type Fact =
  | "size"
  | "pull-size"
  | "unpacked-size"
  | "waste"
  | "paths"
  | "distroless"
  | "start"
  | "base-image"
  | "layers"
  | "layer-size"
  | "stages"
  | "user"
  | "setuid"
  | "build-tools"
  | "leftovers"
  | "secrets";

/** One rule of the policy: its input, what it means, how it judges, and how its findings read. */
export interface Rule<Id extends string, Setting, Limit, Reason extends string> {
  /** also the name of the rule's input */
  readonly id: Id;
  /** the report's row that shows its findings */
  readonly about: Fact;
  readonly title: string;
  /** Markdown, for docs/policy.md */
  readonly meaning: string;
  readonly input: RuleInput<Setting>;
  /** every reason that its findings may have */
  readonly reasons: readonly Reason[];
  /** whether it needs the pull size */
  readonly needsPullSize?: true;
  /** whether its findings list every path that they are about, so that an exception can accept some of them */
  readonly listsEveryPath?: true;
  /**
   * @param minChange what a ratchet of sizes lets pass
   * @returns null if the rule does not apply
   */
  evaluate(subject: Subject, setting: Setting, minChange: Growth): FindingOf<Id, Limit, Reason> | null;
  explain(finding: FindingOf<Id, Limit, Reason>, subject: Subject): Explanation;
}

export interface RuleInput<Setting> {
  readonly description: string;
  /** the placeholder in the command's help */
  readonly value: string;
  /** what holds if nobody sets the rule; absent: the rule is then not evaluated */
  readonly default?: string;
  /** whether it takes one item per line */
  readonly isList?: true;
  readonly type: SettingType<Setting>;
}

/** A finding in words. */
export interface Explanation {
  /** next to the value that it is about: `limit 100 MB` */
  readonly remark: Sentence;
  /** in the headline, after the image's name and size: `over its limit of 100 MB` */
  readonly short: Sentence;
  /** on its own, with both numbers */
  readonly sentence: Sentence;
  /** what to do, the most concrete first; empty if there is nothing to do */
  readonly advice: readonly Sentence[];
  /** in the headline of an image that passes; absent if the headline does not mention the rule */
  readonly praise?: Sentence;
}
