import { getOctokit } from "@actions/github";
import { retry } from "@octokit/plugin-retry";
import type { Sha } from "../git/sha.ts";
import { fetchFile, type RepositoryFile } from "./file.ts";
import { findMergeBase } from "./merge-base.ts";
import { type ApiPatience, beCareful, type Octokit } from "./octokit.ts";

/** The parts of GitHub's REST and GraphQL APIs that we use. Errors are Octokit's `RequestError`. */
export interface GithubApi {
  readonly request: Octokit["request"];
  readonly graphql: Octokit["graphql"];
  /** Returns the merge base of two branches or commits of the workflow's repository. Null if unknown. */
  mergeBase(base: string, head: string): Promise<Sha | null>;
  /**
   * Returns the text of a file of any repository. Asks once for each: a commit never changes.
   * @throws Failure policy-unavailable
   */
  fetchFile(file: RepositoryFile): Promise<string>;
}

const defaultTimeouts: ApiPatience = { request: 30_000, rateLimits: 60_000, retry: 1000, cancelled: 5000 };

/**
 * Creates a client for GitHub's APIs.
 * @param token from the workflow: GITHUB_TOKEN, an App's installation token or a personal access token
 * @param env GITHUB_API_URL, which GitHub Enterprise Server needs, and GITHUB_REPOSITORY
 * @param cancel aborted when the run is cancelled; from then on nothing is retried, and requests end soon
 */
export function githubApi(
  token: string,
  env: NodeJS.ProcessEnv,
  timeouts: ApiPatience = defaultTimeouts,
  cancel?: AbortSignal,
): GithubApi {
  const octokit = getOctokit(
    token,
    {
      baseUrl: env.GITHUB_API_URL || "https://api.github.com",
      retry: {
        retries: 2,
        retryAfterBaseValue: timeouts.retry,
        doNotRetry: [400, 401, 403, 404, 410, 422, 429, 451],
      },
    },
    // The first plugin is the inner one, so each attempt has its own timeout.
    (octokit) => beCareful(octokit as Octokit, timeouts, cancel),
    retry,
  );
  const { request, graphql } = octokit;
  const repository = env.GITHUB_REPOSITORY ?? "";
  const files = new Map<string, Promise<string>>();
  return {
    request,
    graphql,
    mergeBase: (base, head) => findMergeBase(request, repository, base, head),
    fetchFile(file) {
      const key = JSON.stringify(file);
      const known = files.get(key) ?? fetchFile(request, file);
      files.set(key, known);
      return known;
    },
  };
}
