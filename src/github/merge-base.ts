import * as v from "valibot";
import { isSha, type Sha } from "../git/sha.ts";
import type { Octokit } from "./octokit.ts";

/**
 * Finds the merge base of two branches or commits. A shallow clone does not have it, and a request is cheaper
 * than fetching the history.
 * @param repository owner/name
 * @returns a commit; null if the API does not answer, for any reason
 */
export async function findMergeBase(
  request: Octokit["request"],
  repository: string,
  base: string,
  head: string,
): Promise<Sha | null> {
  const [owner = "", repo = ""] = repository.split("/");
  const basehead = `${base}...${head}`;
  const route = "GET /repos/{owner}/{repo}/compare/{basehead}";
  const answer = await request(route, { owner, repo, basehead, per_page: 1 }).catch(() => null);
  const parsed = v.safeParse(answerSchema, answer?.data);
  return parsed.success ? parsed.output.merge_base_commit.sha : null;
}

const answerSchema = v.object({ merge_base_commit: v.object({ sha: v.custom<Sha>(isSha) }) });
