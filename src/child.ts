import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";

export interface ChildOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** kills the child: SIGTERM first, SIGKILL two seconds later */
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
  const kill = () => stop(child, options.isGroup ?? false);
  options.signal?.addEventListener("abort", kill, { once: true });
  if (options.signal?.aborted) kill();

  let stderr = "";
  child.stderr.setEncoding("utf8");
  child.stderr.on("data", (text: string) => {
    stderr = (stderr + text).slice(-stderrKept);
  });
  const end = new Promise<ChildEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, stderr }));
  }).finally(() => options.signal?.removeEventListener("abort", kill));
  // Whoever awaits `end` late must not find an unhandled rejection in between.
  end.catch(() => {});
  return { stdout: child.stdout, stderr: child.stderr, end, kill };
}

function stop(child: ChildProcess, isGroup: boolean): void {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const send = (signal: NodeJS.Signals) => {
    if (!isGroup) return child.kill(signal);
    try {
      return process.kill(-pid, signal);
    } catch {
      return false; // the whole group has ended
    }
  };
  send("SIGTERM");
  setTimeout(() => send("SIGKILL"), 2000).unref();
}
