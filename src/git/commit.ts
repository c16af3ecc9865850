import { Failure } from "../failure.ts";
import { firstFound, mergeBaseHere, nameOfBaseBranch, readHead, refsOf } from "./history.ts";
import type { Repository } from "./repository.ts";
import { isSha, isZero, type Sha } from "./sha.ts";

/**
 * What is known about the two sides, by the event or in the terminal. Branches are names without `refs/heads/`. Commits
 * are as others wrote them: nothing but a full object name gets past findBase.
 */
export type BaseQuestion =
  | {
      readonly kind: "pull-request";
      /** tip of the pull request's branch */
      readonly headSha: string;
      /** tip of the base branch when the event was made; may be old */
      readonly baseSha: string;
      readonly baseRef: string;
    }
  | {
      readonly kind: "push";
      readonly branch: string;
      /** the branch's tip before the push; all zeros where it is new */
      readonly before: string;
      readonly defaultBranch: string;
    }
  | { readonly kind: "merge-group"; readonly baseSha: string; readonly baseRef: string }
  | { readonly kind: "dispatch"; readonly branch: string; readonly defaultBranch: string }
  | {
      readonly kind: "terminal";
      /** null: origin's default branch, else main, master or init.defaultBranch */
      readonly baseBranch: string | null;
    };

/** The commit to compare with, and how it was found. */
export interface BaseCommit {
  readonly commit: Sha;
  /** the branch as people know it, such as main */
  readonly name: string;
  readonly how: "merge-parent" | "merge-base" | "merge-group" | "before-push" | "first-parent";
}

export interface FindBaseOptions {
  /**
   * Asks the GitHub API where history is cut off: a branch or commit, and the head's commit.
   * Null where it cannot tell.
   */
  readonly mergeBaseByApi?: ((base: string, head: string) => Promise<string | null>) | undefined;
}

/**
 * Finds the commit to compare with. It follows what is checked out: of a pull request's test merge the first parent,
 * which makes the difference exactly the pull request's; else the merge base with the base branch.
 * @throws Failure git-base-unknown
 */
export async function findBase(
  repository: Repository,
  question: BaseQuestion,
  options: FindBaseOptions = {},
): Promise<BaseCommit> {
  switch (question.kind) {
    case "pull-request": {
      const { headSha, baseSha, baseRef } = question;
      const head = await readHead(repository);
      const [base, merged] = head.parents;
      // A head that is itself a merge, of main into the branch, has the head's tip as itself, never as second parent.
      const isTestMerge = head.parents.length === 2 && merged === headSha;
      if (base !== undefined && isTestMerge) return { commit: base, name: baseRef, how: "merge-parent" };
      const commit = await mergeBase(repository, head.commit, [baseRef, baseSha], options);
      return { commit, name: baseRef, how: "merge-base" };
    }
    case "merge-group":
      return { commit: told(question.baseSha), name: question.baseRef, how: "merge-group" };
    case "push":
      if (isZero(question.before)) return sinceDefaultBranch(repository, question, options);
      return { commit: told(question.before), name: question.branch, how: "before-push" };
    case "dispatch":
      return sinceDefaultBranch(repository, question, options);
    case "terminal": {
      const name = question.baseBranch ?? (await nameOfBaseBranch(repository));
      const { commit: head } = await readHead(repository);
      return { commit: await mergeBase(repository, head, [name], options), name, how: "merge-base" };
    }
  }
}

function told(commit: string): Sha {
  if (isSha(commit)) return commit;
  throw new Failure(
    "git-base-unknown",
    `The event names ${JSON.stringify(commit)} as base, which is no full commit name.`,
  );
}

/** The merge base with the default branch; on that branch itself, where it would be the head, the commit before it. */
async function sinceDefaultBranch(
  repository: Repository,
  { branch, defaultBranch }: { readonly branch: string; readonly defaultBranch: string },
  options: FindBaseOptions,
): Promise<BaseCommit> {
  const head = await readHead(repository);
  if (branch !== defaultBranch) {
    const commit = await mergeBase(repository, head.commit, [defaultBranch], options);
    if (commit !== head.commit) return { commit, name: defaultBranch, how: "merge-base" };
  }
  const [parent] = head.parents;
  if (parent === undefined) {
    throw new Failure(
      "git-base-unknown",
      `${head.commit} is the first commit: there is none before it to compare with.`,
    );
  }
  return { commit: parent, name: defaultBranch, how: "first-parent" };
}

/** @param bases branches or commits that mean the same base, the surest first */
async function mergeBase(
  repository: Repository,
  head: Sha,
  bases: readonly string[],
  { mergeBaseByApi }: FindBaseOptions,
): Promise<Sha> {
  for (const base of bases) {
    const tip = await firstFound(repository, refsOf(base));
    const found = tip === null ? null : await mergeBaseHere(repository, tip, head);
    if (found !== null) return found;
  }
  for (const base of mergeBaseByApi === undefined ? [] : bases) {
    const told = await mergeBaseByApi?.(base, head);
    if (isSha(told)) return told;
  }
  throw new Failure(
    "git-base-unknown",
    `The commit where ${head.slice(0, 7)} left ${bases[0]} is not known: this clone has no such branch, or too little ` +
      "history. In a workflow, set fetch-depth: 0 for actions/checkout; elsewhere, git fetch --unshallow, or name the base branch.",
  );
}
