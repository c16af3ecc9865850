import { getOctokit } from "@actions/github";
import { retry } from "@octokit/plugin-retry";
import type { Sha } from "../git/sha.ts";
import { findMergeBase } from "./merge-base.ts";
import { type ApiPatience, beCareful, type Octokit } from "./octokit.ts";

/** GitHub's REST and GraphQL API, as far as this program asks it. Errors are Octokit's `RequestError`. */
export interface GithubApi {
  readonly request: Octokit["request"];
  readonly graphql: Octokit["graphql"];
  /** the merge base of two branches or commits of the workflow's repository; null where the API cannot tell */
  mergeBase(base: string, head: string): Promise<Sha | null>;
}

const patient: ApiPatience = { request: 30_000, rateLimits: 60_000, retry: 1000, cancelled: 5000 };

/**
 * @param token what the workflow gave: GITHUB_TOKEN, an App's installation token, a personal access token
 * @param env GITHUB_API_URL, which GitHub Enterprise Server needs, and GITHUB_REPOSITORY
 * @param cancel aborted when the run is cancelled: from then on nothing is repeated, and all is over soon
 */
export function githubApi(
  token: string,
  env: NodeJS.ProcessEnv,
  patience: ApiPatience = patient,
  cancel?: AbortSignal,
): GithubApi {
  const octokit = getOctokit(
    token,
    {
      baseUrl: env.GITHUB_API_URL || "https://api.github.com",
      retry: {
        retries: 2,
        retryAfterBaseValue: patience.retry,
        doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
      },
    },
    // The plugin that comes first is the inner one: each attempt has its own time.
    (octokit) => beCareful(octokit as Octokit, patience, cancel),
    retry,
  );
  const { request, graphql } = octokit;
  const repository = env.GITHUB_REPOSITORY ?? "";
  return { request, graphql, mergeBase: (base, head) => findMergeBase(request, repository, base, head) };
}
