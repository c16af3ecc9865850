import { Failure } from "../failure.ts";
import { baseOfTestMerge, firstFound, mergeBaseHere, nameOfBaseBranch, readHead, refsOf } from "./history.ts";
import type { Repository } from "./repository.ts";
import { isSha, isZero, type Sha } from "./sha.ts";

/**
 * What the event or the command line says about the two sides. Branches are names without `refs/heads/`.
 * Commits are untrusted input: findBase accepts only full object names.
 */
export type BaseQuestion =
  | {
      readonly kind: "pull-request";
      /** tip of the pull request's branch */
      readonly headSha: string;
      /** tip of the base branch when the event was created; may be outdated */
      readonly baseSha: string;
      readonly baseRef: string;
    }
  | {
      readonly kind: "push";
      readonly branch: string;
      /** the branch's tip before the push; all zeros if the branch is new */
      readonly before: string;
      readonly defaultBranch: string;
    }
  | {
      readonly kind: "merge-group";
      readonly headSha: string;
      readonly baseSha: string;
      readonly baseRef: string;
    }
  | { readonly kind: "dispatch"; readonly branch: string; readonly defaultBranch: string }
  | {
      readonly kind: "terminal";
      /** null: origin's default branch, or else main, master or init.defaultBranch */
      readonly baseBranch: string | null;
    };

/** The commit to compare with. */
export interface BaseCommit {
  readonly commit: Sha;
  /** the name of the branch, such as main */
  readonly name: string;
}

export interface FindBaseOptions {
  /**
   * Asks the GitHub API for the merge base, for clones without enough history. Takes a branch or commit, and
   * the head's commit. Null if the API does not know.
   */
  readonly mergeBaseByApi?: ((base: string, head: string) => Promise<string | null>) | undefined;
}

/**
 * Finds the commit to compare with. It depends on what is checked out. For a pull request's test merge it is
 * the first parent: the difference is then exactly that of the pull request. Otherwise, and in the terminal,
 * it is the merge base with the base branch. For an event, only commits are trusted: the branches of a clone
 * may be another repository's.
 * @throws Failure git-base-unknown, event-mismatch
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
      // If the branch's tip merges main, it is the head itself, never the head's second parent.
      const commit =
        baseOfTestMerge(head, headSha) ??
        (await mergeBase(
          repository,
          head.commit,
          { refs: [shaOfEvent(baseSha)], names: [baseSha, baseRef] },
          options,
        ));
      return unlessHead({ commit, name: baseRef }, [head.commit, headSha]);
    }
    case "merge-group":
      return unlessHead({ commit: shaOfEvent(question.baseSha), name: question.baseRef }, [question.headSha]);
    case "push": {
      if (isZero(question.before)) return sinceDefaultBranch(repository, question, options);
      const head = await readHead(repository);
      return unlessHead({ commit: shaOfEvent(question.before), name: question.branch }, [head.commit]);
    }
    case "dispatch":
      return sinceDefaultBranch(repository, question, options);
    case "terminal": {
      const name = question.baseBranch ?? (await nameOfBaseBranch(repository));
      const { commit: head } = await readHead(repository);
      return { commit: await mergeBase(repository, head, ofBranch(name), options), name };
    }
  }
}

/** Refuses a base that is the head: a comparison of a commit with itself never shows growth. */
function unlessHead(base: BaseCommit, heads: readonly string[]): BaseCommit {
  if (!heads.includes(base.commit)) return base;
  throw new Failure(
    "event-mismatch",
    `The base of this event, ${base.commit}, is also its head, so there is nothing to compare. Make sure that the workflow checks out the change itself, with the default ref of actions/checkout.`,
  );
}

function shaOfEvent(commit: string): Sha {
  if (isSha(commit)) return commit;
  throw new Failure(
    "git-base-unknown",
    `The event names ${JSON.stringify(commit)} as its base, which is not a full commit SHA.`,
  );
}

/** Returns the merge base with the default branch. On that branch itself, returns the head's parent. */
async function sinceDefaultBranch(
  repository: Repository,
  { branch, defaultBranch }: { readonly branch: string; readonly defaultBranch: string },
  options: FindBaseOptions,
): Promise<BaseCommit> {
  const head = await readHead(repository);
  if (branch !== defaultBranch) {
    const commit = await mergeBase(repository, head.commit, ofBranch(defaultBranch), options);
    if (commit !== head.commit) return { commit, name: defaultBranch };
  }
  const [parent] = head.parents;
  if (parent === undefined) {
    throw new Failure(
      "git-base-unknown",
      `${head.commit} is the first commit, so there is no earlier one to compare with.`,
    );
  }
  return { commit: parent, name: defaultBranch };
}

/** The names of a base in a clone and in the API, the most certain first. */
interface BaseNames {
  /** refs or commits of the clone */
  readonly refs: readonly string[];
  /** branches or commits of the repository on the server */
  readonly names: readonly string[];
}

function ofBranch(name: string): BaseNames {
  return { refs: refsOf(name), names: [name] };
}

async function mergeBase(
  repository: Repository,
  head: Sha,
  { refs, names }: BaseNames,
  { mergeBaseByApi }: FindBaseOptions,
): Promise<Sha> {
  const tip = await firstFound(repository, refs);
  const found = tip === null ? null : await mergeBaseHere(repository, tip, head);
  if (found !== null) return found;
  for (const name of mergeBaseByApi === undefined ? [] : names) {
    const answer = await mergeBaseByApi?.(name, head);
    if (isSha(answer)) return answer;
  }
  throw new Failure(
    "git-base-unknown",
    `The merge base of ${head.slice(0, 7)} and ${names.at(-1)} is not known: this clone lacks the branch or has too little ` +
      "history. In a workflow, set fetch-depth: 0 for actions/checkout. Elsewhere, run git fetch --unshallow or name the base branch.",
  );
}
