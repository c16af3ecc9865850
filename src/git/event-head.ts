import { Failure } from "../failure.ts";
import type { BaseQuestion, FindBaseOptions } from "./commit.ts";
import { baseOfTestMerge, type Head, readHead } from "./history.ts";
import type { Repository } from "./repository.ts";

/**
 * Checks that the checked-out commit belongs to the event: the head of the pull request, its test merge, or
 * the head of the merge group. Otherwise the workflow would judge one commit and report on another.
 * @param runSha the commit that the workflow runs for (GITHUB_SHA), for a pull request the test merge; null
 * if unknown
 * @throws Failure event-mismatch
 */
export async function checkHead(
  repository: Repository,
  question: BaseQuestion,
  runSha: string | null,
  options: FindBaseOptions = {},
): Promise<void> {
  if (question.kind !== "pull-request" && question.kind !== "merge-group") return;
  const head = await readHead(repository);
  if (head.commit === question.headSha) return;
  const isRunCommit = head.commit === runSha;
  if (question.kind === "merge-group" ? isRunCommit : await isTestMerge(head, question, isRunCommit, options))
    return;
  const what = question.kind === "merge-group" ? "merge group" : "pull request";
  throw new Failure(
    "event-mismatch",
    `${repository.root} has ${head.commit} checked out, which is neither the head of the ${what} (${question.headSha}) nor GitHub's merge of it. Use the default ref of actions/checkout, and commit nothing before the audit.`,
  );
}

/**
 * Reports whether a commit is the test merge. Its second parent is then the pull request's head. Anyone can
 * make such a commit, so the first parent must belong to the base branch.
 */
async function isTestMerge(
  head: Head,
  { headSha, baseSha, baseRef }: BaseQuestion & { kind: "pull-request" },
  isRunCommit: boolean,
  { mergeBaseByApi }: FindBaseOptions,
): Promise<boolean> {
  const base = baseOfTestMerge(head, headSha);
  if (base === null) return false;
  return isRunCommit || base === baseSha || (await mergeBaseByApi?.(baseRef, base)) === base;
}
