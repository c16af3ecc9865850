import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  /** the command's standard input; empty by default */
  readonly input?: AsyncIterable<Uint8Array>;
  /** exit statuses that are not errors; only 0 by default */
  readonly fine?: readonly number[];
}

export interface Ended {
  /** from just before the start until the command had exited and all its output was read */
  readonly seconds: number;
  /** the last 100,000 characters of standard output and standard error */
  readonly text: string;
}

const maxText = 100_000;

/**
 * Runs a command and measures its time. The command leads its own process group, so that cancelling also ends
 * its children.
 * @throws Error with the end of its output, if it cannot be started or its exit status is not in `fine`
 */
export async function timed(
  command: string,
  args: readonly string[],
  options: CommandOptions,
): Promise<Ended> {
  const { env, signal, cwd, input, fine = [0] } = options;
  signal?.throwIfAborted();
  const begin = performance.now();
  const child = spawn(command, args, { env, cwd, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const kill = () => killGroup(child.pid);
  signal?.addEventListener("abort", kill, { once: true });
  let text = "";
  const keep = (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-maxText);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  // A command that exits before it has read all its input explains that itself.
  const fed = pipeline(Readable.from(input ?? []), child.stdin).catch(() => {});
  try {
    const status = await new Promise((resolve, reject) => {
      child.once("error", reject).once("close", (code, killedBy) => resolve(code ?? killedBy));
    });
    const seconds = (performance.now() - begin) / 1000;
    signal?.throwIfAborted();
    if (typeof status !== "number" || !fine.includes(status)) throw failure(command, args, status, text);
    await fed;
    return { seconds, text };
  } finally {
    signal?.removeEventListener("abort", kill);
  }
}

function killGroup(leader: number | undefined): void {
  try {
    if (leader !== undefined) process.kill(-leader, "SIGTERM");
  } catch {
    // The whole group has exited already.
  }
}

function failure(command: string, args: readonly string[], status: unknown, text: string): Error {
  const last = text.trim().split("\n").slice(-20).join("\n");
  return new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${last}`);
}
