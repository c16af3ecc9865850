import { Failure, throwIfCancelled } from "../failure.ts";
import { runDocker } from "./command.ts";
import { engineFailure } from "./engine-failure.ts";

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
  const timeout = AbortSignal.timeout(patience);
  const signal = asking.signal === undefined ? timeout : AbortSignal.any([asking.signal, timeout]);
  try {
    const { code, stdout, stderr } = await runDocker(args, { env: asking.env, signal });
    if (code !== 0) throw engineFailure(stderr, what);
    return stdout;
  } catch (error) {
    throwIfCancelled(asking.signal);
    if (!timeout.aborted) throw error;
    throw new Failure(
      "engine-missing",
      `The container engine does not answer: ${what} took over ${patience / 1000} s.`,
    );
  }
}
