import { Failure } from "../failure.ts";
import type { BaseQuestion, FindBaseOptions } from "./commit.ts";
import { baseOfTestMerge, type Head, readHead } from "./history.ts";
import type { Repository } from "./repository.ts";

/**
 * Checks that what is checked out is what the event is about: the head of the pull request, its test merge, or the head
 * of the merge group. A workflow that checks out anything else would judge one commit and report on another.
 * @param runSha the commit that the workflow runs for (GITHUB_SHA), of a pull request the test merge; null where unknown
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
  const isRuns = head.commit === runSha;
  if (question.kind === "merge-group" ? isRuns : await isTestMerge(head, question, isRuns, options)) return;
  const what = question.kind === "merge-group" ? "merge group" : "pull request";
  throw new Failure(
    "event-mismatch",
    `${repository.root} has ${head.commit} checked out, which is not the head of the ${what} (${question.headSha}), nor what GitHub made of it. Let actions/checkout take its default ref, and commit nothing before the audit.`,
  );
}

/** Of a test merge the second parent is the head. Anyone can commit one that looks so: the first must be the base branch's. */
async function isTestMerge(
  head: Head,
  { headSha, baseSha, baseRef }: BaseQuestion & { kind: "pull-request" },
  isRuns: boolean,
  { mergeBaseByApi }: FindBaseOptions,
): Promise<boolean> {
  const base = baseOfTestMerge(head, headSha);
  if (base === null) return false;
  return isRuns || base === baseSha || (await mergeBaseByApi?.(baseRef, base)) === base;
}
