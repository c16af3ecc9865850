import { Failure } from "../failure.ts";
import { baseOfTestMerge, firstFound, mergeBaseHere, nameOfBaseBranch, readHead, refsOf } from "./history.ts";
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
  | {
      readonly kind: "merge-group";
      readonly headSha: string;
      readonly baseSha: string;
      readonly baseRef: string;
    }
  | { readonly kind: "dispatch"; readonly branch: string; readonly defaultBranch: string }
  | {
      readonly kind: "terminal";
      /** null: origin's default branch, else main, master or init.defaultBranch */
      readonly baseBranch: string | null;
    };

/** The commit to compare with. */
export interface BaseCommit {
  readonly commit: Sha;
  /** the branch as people know it, such as main */
  readonly name: string;
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
 * which makes the difference exactly the pull request's; else, and in the terminal, the merge base with the base branch.
 * What an event names is believed by commit alone: the branches of a clone may be another repository's.
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
      // A head that is itself a merge, of main into the branch, has the head's tip as itself, never as second parent.
      const commit =
        baseOfTestMerge(head, headSha) ??
        (await mergeBase(
          repository,
          head.commit,
          { refs: [told(baseSha)], names: [baseSha, baseRef] },
          options,
        ));
      return changed({ commit, name: baseRef }, [head.commit, headSha]);
    }
    case "merge-group":
      return changed({ commit: told(question.baseSha), name: question.baseRef }, [question.headSha]);
    case "push": {
      if (isZero(question.before)) return sinceDefaultBranch(repository, question, options);
      const head = await readHead(repository);
      return changed({ commit: told(question.before), name: question.branch }, [head.commit]);
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

/** A commit compared with itself never grows, whatever is in it: then the base is not the base. */
function changed(base: BaseCommit, heads: readonly string[]): BaseCommit {
  if (!heads.includes(base.commit)) return base;
  throw new Failure(
    "event-mismatch",
    `The base of this event is ${base.commit}, which is its head as well: there is nothing to compare. Check that the workflow checks out the change itself, with the default ref of actions/checkout.`,
  );
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
    const commit = await mergeBase(repository, head.commit, ofBranch(defaultBranch), options);
    if (commit !== head.commit) return { commit, name: defaultBranch };
  }
  const [parent] = head.parents;
  if (parent === undefined) {
    throw new Failure(
      "git-base-unknown",
      `${head.commit} is the first commit: there is none before it to compare with.`,
    );
  }
  return { commit: parent, name: defaultBranch };
}

/** A base by what a clone and what the API know it by, the surest first. */
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
    `The commit where ${head.slice(0, 7)} left ${names.at(-1)} is not known: this clone has no such branch, or too little ` +
      "history. In a workflow, set fetch-depth: 0 for actions/checkout; elsewhere, git fetch --unshallow, or name the base branch.",
  );
}
