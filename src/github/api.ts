import { setTimeout as sleep } from "node:timers/promises";
import { getOctokit } from "@actions/github";
import { retry } from "@octokit/plugin-retry";
import type { Sha } from "../git/sha.ts";
import { findMergeBase } from "./merge-base.ts";

type Octokit = ReturnType<typeof getOctokit>;

/** GitHub's REST and GraphQL API, as far as this program asks it. Errors are Octokit's `RequestError`. */
export interface GithubApi {
  readonly request: Octokit["request"];
  readonly graphql: Octokit["graphql"];
  /** the merge base of two branches or commits of the workflow's repository; null where the API cannot tell */
  mergeBase(base: string, head: string): Promise<Sha | null>;
}

/** Times in milliseconds. */
export interface ApiPatience {
  /** for one request, answer included */
  readonly request: number;
  /** for all waiting that GitHub asks for because of its rate limits */
  readonly rateLimits: number;
  /** before a failed request is repeated: this, then four times as much */
  readonly retry: number;
  /** after the run was cancelled, for everything: the runner kills what has not ended soon */
  readonly cancelled: number;
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

function beCareful({ hook }: Octokit, patience: ApiPatience, cancel?: AbortSignal): Record<string, never> {
  let waitingLeft = patience.rateLimits;
  const end = soonAfter(cancel, patience.cancelled);
  hook.wrap("request", async (request, options) => {
    // A POST whose answer was lost may have been done: only its caller can know how to find out. GraphQL is asked
    // questions only.
    if (options.method === "POST" && !options.url.endsWith("/graphql")) options.request.retries = 0;
    // Octokit would write warnings to the console, with text of the server's in them.
    options.request.log = silent;
    for (;;) {
      try {
        options.request.signal = AbortSignal.any([AbortSignal.timeout(patience.request), end]);
        return await request(options);
      } catch (error) {
        const wait = askedToWait(error);
        if (cancel?.aborted) options.request.retries = 0;
        if (wait === null || wait > waitingLeft || cancel?.aborted) throw error;
        waitingLeft -= wait;
        await sleep(wait, undefined, { signal: end });
      }
    }
  });
  return {};
}

/** @param patience milliseconds */
function soonAfter(signal: AbortSignal | undefined, patience: number): AbortSignal {
  const end = new AbortController();
  const begin = () => setTimeout(() => end.abort(), patience).unref();
  if (signal?.aborted) begin();
  else signal?.addEventListener("abort", begin, { once: true });
  return end.signal;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * How long GitHub wants us to wait, in milliseconds; null where the error is none of its rate limits. A request that
 * they refuse was not carried out, so that a POST may be repeated.
 * https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
 */
function askedToWait(error: unknown): number | null {
  const { status, response } = error as { status?: number; response?: { headers: Headers } };
  const headers = response?.headers ?? {};
  const isExhausted = headers["x-ratelimit-remaining"] === "0";
  const isRefused =
    status === 429 || (status === 403 && (isExhausted || headers["retry-after"] !== undefined));
  if (!isRefused) return null;
  const untilReset = Number(headers["x-ratelimit-reset"]) - Date.now() / 1000;
  const seconds = Number(headers["retry-after"] ?? (isExhausted ? untilReset : Number.NaN));
  return 1000 * (Number.isFinite(seconds) ? Math.max(1, seconds) : 60);
}

type Headers = Readonly<Record<string, string | undefined>>;
