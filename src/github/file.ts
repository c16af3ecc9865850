import * as v from "valibot";
import { Failure } from "../failure.ts";
import type { Octokit } from "./octokit.ts";

/** A file of a repository at a commit. */
export interface RepositoryFile {
  readonly owner: string;
  readonly repo: string;
  readonly path: string;
  /** a full commit SHA */
  readonly commit: string;
}

/**
 * Reads a small text file of any repository that the token may read.
 * https://docs.github.com/en/rest/repos/contents#get-repository-content
 * @throws Failure policy-unavailable
 */
export async function fetchFile(request: Octokit["request"], file: RepositoryFile): Promise<string> {
  const { owner, repo, path, commit } = file;
  const route = "GET /repos/{owner}/{repo}/contents/{path}";
  const answer = await request(route, { owner, repo, path, ref: commit }).catch(
    (error: { status?: number }) => {
      throw unavailable(file, whyFailed(error.status), error);
    },
  );
  const parsed = v.safeParse(answerSchema, answer.data);
  if (!parsed.success) throw unavailable(file, "It is not a file of at most 1 MB.");
  return Buffer.from(parsed.output.content, "base64").toString("utf8");
}

const answerSchema = v.object({
  type: v.literal("file"),
  encoding: v.literal("base64"),
  content: v.pipe(v.string(), v.maxLength(2_000_000)),
});

/** GitHub answers 404 both for what does not exist and for what a token may not see. */
function whyFailed(status: number | undefined): string {
  if (status === 404 || status === 403 || status === 401)
    return "It does not exist there, or github-token may not read that repository.";
  return status === undefined ? "GitHub did not answer." : `GitHub answered with status ${status}.`;
}

function unavailable({ owner, repo, path, commit }: RepositoryFile, why: string, cause?: unknown): Failure {
  return new Failure(
    "policy-unavailable",
    `The policy file extends ${owner}/${repo}/${path} at ${commit.slice(0, 7)}, which could not be read. ${why}`,
    { cause },
  );
}
