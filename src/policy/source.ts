import { type Sentence, say } from "./sentence.ts";

/** Where a policy comes from. */
export type PolicySource =
  /** what holds if nobody says otherwise */
  | { readonly kind: "default" }
  /** the inputs of the workflow, or the flags of the command */
  | { readonly kind: "inputs" }
  /** the policy file of a commit, usually the base's */
  | { readonly kind: "file"; readonly path: string; readonly commit: string; readonly branch: string }
  /** the policy file of the working tree, which a pull request may have changed */
  | { readonly kind: "head-file"; readonly path: string }
  /** a file that a policy file extends: `owner/repo/path@commit` */
  | { readonly kind: "extended"; readonly reference: string };

/** Names a source for readers. */
export function nameOfSource(source: PolicySource): Sentence {
  switch (source.kind) {
    case "default":
      return say`the default`;
    case "inputs":
      return say`the inputs`;
    case "file":
      return say`${source.path} of ${source.branch} at ${source.commit.slice(0, 7)}`;
    case "head-file":
      return say`${source.path} of this change`;
    case "extended":
      return say`${source.reference}`;
  }
}
