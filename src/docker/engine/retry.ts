import pRetry from "p-retry";
import { Failure, throwIfCancelled } from "../../failure.ts";

/**
 * Retries an attempt that a registry throttled, three times: after 5, 15 and 45 seconds. That outlasts limits
 * per minute. With limits per hour, the last attempt's `pull-throttled` is thrown.
 * @param firstWait milliseconds
 */
export async function retryThrottled<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal | undefined,
  firstWait = 5000,
): Promise<T> {
  try {
    return await pRetry(attempt, {
      retries: 3,
      minTimeout: firstWait,
      factor: 3,
      ...(signal === undefined ? {} : { signal }),
      shouldRetry: ({ error }) => error instanceof Failure && error.code === "pull-throttled",
    });
  } catch (error) {
    throwIfCancelled(signal);
    throw error;
  }
}

export function pullThrottled(doing: string): Failure {
  return new Failure(
    "pull-throttled",
    `${doing} failed: a registry throttles pulls. Log in with docker/login-action before this step, use a mirror, or try again later.`,
  );
}
