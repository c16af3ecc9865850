import { spawn } from "node:child_process";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface CommandOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  /** what the command reads; nothing unless given */
  readonly input?: AsyncIterable<Uint8Array>;
  /** exit statuses that are no error; 0 alone unless given */
  readonly fine?: readonly number[];
}

export interface Ended {
  /** from just before it was started until it had ended and all that it wrote was there */
  readonly seconds: number;
  /** what it wrote to standard output and standard error, the last 100,000 characters */
  readonly text: string;
}

const keptText = 100_000;

/**
 * Runs a command and takes its time. It leads a process group of its own, so that cancelling ends what it has started.
 * @throws Error with the end of what it wrote, where it cannot be started or ends otherwise than `fine`
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
    text = (text + chunk.toString()).slice(-keptText);
  };
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  // A command that ends without having read all says itself why.
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
    // All of it has ended already.
  }
}

function failure(command: string, args: readonly string[], status: unknown, text: string): Error {
  const last = text.trim().split("\n").slice(-20).join("\n");
  return new Error(`${[command, ...args].join(" ")} ended with ${status}:\n${last}`);
}
