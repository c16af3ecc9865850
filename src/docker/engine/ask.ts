import { Failure, throwIfCancelled } from "../../failure.ts";
import { runDocker } from "./docker.ts";
import { engineFailure } from "./failure.ts";

/** Who asks. */
export interface Asking {
  /** made by `dockerEnvironment` */
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a docker command says that only asks, and so answers soon.
 * @param patience milliseconds
 * @param what the command, as the subject of a sentence
 * @throws Failure engine-missing where it takes longer, engine-permission, buildx-missing, engine-failed, cancelled
 */
export async function ask(
  args: readonly string[],
  asking: Asking,
  patience: number,
  what: string,
): Promise<string> {
  return inTime(asking, patience, what, async (signal) => {
    const { code, stdout, stderr } = await runDocker(args, { env: asking.env, signal });
    if (code !== 0) throw engineFailure(stderr, what);
    return stdout;
  });
}

/**
 * Does what only asks, and gives up.
 * @param patience milliseconds
 * @param what as the subject of a sentence
 * @param work rejects when its signal is aborted
 * @throws Failure engine-missing where it takes longer, cancelled, and what the work throws
 */
export async function inTime<Answer>(
  asking: Asking,
  patience: number,
  what: string,
  work: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(patience);
  try {
    return await work(asking.signal === undefined ? timeout : AbortSignal.any([asking.signal, timeout]));
  } catch (error) {
    throwIfCancelled(asking.signal);
    if (!timeout.aborted) throw error;
    throw new Failure(
      "engine-missing",
      `The container engine does not answer: ${what} took over ${patience / 1000} s.`,
    );
  }
}
