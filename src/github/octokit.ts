import { setTimeout as sleep } from "node:timers/promises";
import type { getOctokit } from "@actions/github";

export type Octokit = ReturnType<typeof getOctokit>;

/** Timeouts of the API client, in milliseconds. */
export interface ApiPatience {
  /** for one request, including its response */
  readonly request: number;
  /** for all waits that GitHub's rate limits impose, in total */
  readonly rateLimits: number;
  /** before the first retry of a failed request; the second waits four times as long */
  readonly retry: number;
  /** for everything after the run is cancelled: the runner soon kills what has not ended */
  readonly cancelled: number;
}

/** Adds timeouts, waits for rate limits and cancellation to every request of a client. */
export function beCareful(
  { hook }: Octokit,
  timeouts: ApiPatience,
  cancel?: AbortSignal,
): Record<string, never> {
  let waitingLeft = timeouts.rateLimits;
  const end = soonAfter(cancel, timeouts.cancelled);
  hook.wrap("request", async (request, options) => {
    // A POST whose response was lost may have succeeded. Only its caller can find out. GraphQL is only used
    // for queries.
    if (options.method === "POST" && !options.url.endsWith("/graphql")) options.request.retries = 0;
    // Octokit would write warnings to the console that contain the server's text.
    options.request.log = silent;
    for (;;) {
      try {
        options.request.signal = AbortSignal.any([AbortSignal.timeout(timeouts.request), end]);
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

/**
 * Returns a signal that aborts a while after another one.
 * @param delayMs milliseconds
 */
function soonAfter(signal: AbortSignal | undefined, delayMs: number): AbortSignal {
  const end = new AbortController();
  const begin = () => setTimeout(() => end.abort(), delayMs).unref();
  if (signal?.aborted) begin();
  else signal?.addEventListener("abort", begin, { once: true });
  return end.signal;
}

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Returns how long GitHub asks us to wait, in milliseconds. Null if the error is not from a rate limit.
 * GitHub does not carry out a request that a rate limit refuses, so a POST may be repeated.
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
