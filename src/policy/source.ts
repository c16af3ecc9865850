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
