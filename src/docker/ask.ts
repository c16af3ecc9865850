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
export function ask(
  args: readonly string[],
  asking: Asking,
  patience: number,
  what: string,
): Promise<string> {
  return within(patience, asking.signal, what, (signal) => said(args, { env: asking.env, signal }, what));
}

/** As `ask`, without a limit of its own. */
export async function said(args: readonly string[], asking: Asking, what: string): Promise<string> {
  const { code, stdout, stderr } = await runDocker(args, asking);
  if (code !== 0) throw engineFailure(stderr, what);
  return stdout;
}

/**
 * Gives a question so many milliseconds.
 * @param question is told by its signal that nobody waits for the answer any more
 * @throws Failure engine-missing after that time, cancelled, and what the question throws
 */
export async function within<Answer>(
  patience: number,
  cancel: AbortSignal | undefined,
  what: string,
  question: (signal: AbortSignal) => Promise<Answer>,
): Promise<Answer> {
  const timeout = AbortSignal.timeout(patience);
  try {
    return await question(cancel === undefined ? timeout : AbortSignal.any([cancel, timeout]));
  } catch (error) {
    throwIfCancelled(cancel);
    if (!timeout.aborted) throw error;
    throw new Failure(
      "engine-missing",
      `The container engine does not answer: ${what} took over ${patience / 1000} s.`,
    );
  }
}
