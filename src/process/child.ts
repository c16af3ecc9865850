import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** kills the child: SIGTERM first, SIGKILL two seconds later; `end` then waits for that only */
  readonly signal?: AbortSignal | undefined;
  /** whether the child leads a process group, so that its descendants are killed with it; for shells */
  readonly isGroup?: boolean;
}

/** How a child ended. `stderr` holds its last 64 KiB. */
export interface ChildEnd {
  readonly code: number | null;
  readonly stderr: string;
}

export interface Child {
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** resolves when the child has ended and its pipes are closed; rejects only if it cannot start (ENOENT) */
  readonly end: Promise<ChildEnd>;
  kill(): void;
}

const maxStderr = 64 * 1024;

/**
 * Starts a command without a shell. For commands whose output is streamed with back-pressure, or that can be
 * cancelled. Commands that only run to completion use @actions/exec.
 */
export function startChild(command: string, args: readonly string[], options: ChildOptions = {}): Child {
  const child = spawn(command, args, {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
    stdio: ["ignore", "pipe", "pipe"],
    windowsHide: true,
    detached: options.isGroup ?? false,
  });
  let killed: Promise<void> | null = null;
  const kill = () => {
    killed ??= stop(child, options.isGroup ?? false);
  };
  options.signal?.addEventListener("abort", kill, { once: true });
  if (options.signal?.aborted) kill();

  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    stderr = (stderr + text).slice(-maxStderr);
  });
  const closed = new Promise<ChildEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stderr }));
  });
  const end = closed.finally(async () => {
    options.signal?.removeEventListener("abort", kill);
    await killed;
  });
  // A caller may await `end` late. Until then the rejection must not count as unhandled.
  end.catch(() => {});
  return { stdout: child.stdout, stderr: child.stderr, end, kill };
}

/** Ends a child or its whole group. Closes its pipes, which an escaped process could hold open. */
async function stop(child: ChildProcess, isGroup: boolean): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const send = (signal: NodeJS.Signals | 0) => {
    if (!isGroup) return hasEnded(child) ? false : child.kill(signal);
    try {
      return process.kill(-pid, signal);
    } catch {
      return false; // the whole group has ended
    }
  };
  send("SIGTERM");
  await waitWhile(() => send(0), 2000);
  send("SIGKILL");
  await waitWhile(() => !hasEnded(child), 1000);
  // Its last output may still be in the pipes.
  await sleep(pollMs);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

const pollMs = 50;

async function waitWhile(condition: () => boolean, timeoutMs: number): Promise<void> {
  for (let waited = 0; condition() && waited < timeoutMs; waited += pollMs) await sleep(pollMs);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
