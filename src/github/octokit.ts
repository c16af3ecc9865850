import { setTimeout as sleep } from "node:timers/promises";
import type { getOctokit } from "@actions/github";

export type Octokit = ReturnType<typeof getOctokit>;

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

export function beCareful(
  { hook }: Octokit,
  patience: ApiPatience,
  cancel?: AbortSignal,
): Record<string, never> {
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
