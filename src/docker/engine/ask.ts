import { Failure, throwIfCancelled } from "../../failure.ts";
import { runDocker } from "./docker.ts";
import { engineFailure } from "./failure.ts";

/** Environment and cancellation of a docker query. */
export interface Asking {
  /** made by `dockerEnvironment` */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /** milliseconds after which an engine that does not answer counts as missing; default: `answerTimeoutMs` */
  readonly timeoutMs?: number | undefined;
}

export const answerTimeoutMs = 10_000;

/**
 * Runs a docker command that only queries, and so finishes quickly. Returns its standard output.
 * @param timeoutMs milliseconds
 * @param what the command, as the subject of a sentence
 * @throws Failure engine-missing on a timeout, engine-permission, buildx-missing, engine-failed, cancelled
 */
export async function ask(
  args: readonly string[],
  asking: Asking,
  timeoutMs: number,
  what: string,
): Promise<string> {
  return inTime(asking, timeoutMs, what, async (signal) => {
    const { code, stdout, stderr } = await runDocker(args, { env: asking.env, signal });
    if (code !== 0) throw engineFailure(stderr, what);
    return stdout;
  });
}

/**
 * Runs a query of the engine with a timeout.
 * @param timeoutMs milliseconds
 * @param what the query, as the subject of a sentence
 * @param work rejects when its signal is aborted
 * @throws Failure engine-missing on a timeout, cancelled, and whatever `work` throws
 */
export async function inTime<Answer>(
  asking: Asking,
  timeoutMs: number,
  what: string,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await work(asking.signal === undefined ? timeout : AbortSignal.any([asking.signal, timeout]));
  } catch (error) {
    throwIfCancelled(asking.signal);
    if (!timeout.aborted) throw error;
    throw new Failure(
      "engine-missing",
      `The container engine does not answer: ${what} took longer than ${timeoutMs / 1000} s.`,
    );
  }
}
