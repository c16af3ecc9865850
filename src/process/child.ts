import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** kills the child: SIGTERM first, SIGKILL two seconds later; `end` waits for that, and for nothing else */
  readonly signal?: AbortSignal | undefined;
  /** whether the child leads a process group, so that killing it ends what it started as well; a shell needs it */
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
  /** resolves when the child has ended and its pipes are closed; rejects only where it could not be started (ENOENT) */
  readonly end: Promise<ChildEnd>;
  kill(): void;
}

const stderrKept = 64 * 1024;

/**
 * Starts a command, without a shell, whose output is streamed with back-pressure or which must be cancelled. Commands
 * that are merely run and waited for use @actions/exec.
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
    stderr = (stderr + text).slice(-stderrKept);
  });
  const closed = new Promise<ChildEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stderr }));
  });
  const end = closed.finally(async () => {
    options.signal?.removeEventListener("abort", kill);
    await killed;
  });
  // Whoever awaits `end` late must not find an unhandled rejection in between.
  end.catch(() => {});
  return { stdout: child.stdout, stderr: child.stderr, end, kill };
}

/** Ends a child, or its whole group; resolves when that is done, and nobody waits for what got away and holds its pipes. */
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
  await whileSo(() => send(0), 2000);
  send("SIGKILL");
  await whileSo(() => !hasEnded(child), 1000);
  // What it wrote last may be on its way.
  await sleep(step);
  child.stdout?.destroy();
  child.stderr?.destroy();
}

/** Milliseconds. */
const step = 50;

async function whileSo(isSo: () => boolean, most: number): Promise<void> {
  for (let waited = 0; isSo() && waited < most; waited += step) await sleep(step);
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}
