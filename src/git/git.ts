import { startChild } from "../child.ts";
import { Failure } from "../failure.ts";

/** Where and how a git command runs. */
export interface GitPlace {
  /** absolute; the command's working directory */
  readonly directory: string;
  /** as gitEnvironment made it */
  readonly env: NodeJS.ProcessEnv;
  /** whether a repository that another user owns is read all the same */
  readonly isTrusted: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface GitResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Bytes of output that are kept; the largest output asked for is a list of paths. */
const outputLimit = 64 * 1024 * 1024;

/**
 * Runs git, hardened, and returns what it wrote.
 * @throws Failure git-failed where it ends with a status other than 0
 */
export async function git(place: GitPlace, args: readonly string[]): Promise<string> {
  const result = await tryGit(place, args);
  if (result.code !== 0) {
    throw new Failure("git-failed", `git ${args[0]} failed in ${place.directory}: ${reasonOf(result)}`);
  }
  return result.stdout;
}

/**
 * Runs git, hardened, where a status other than 0 is an answer.
 * @throws Failure git-missing, cancelled, limit-exceeded
 */
export async function tryGit(place: GitPlace, args: readonly string[]): Promise<GitResult> {
  const { directory, env, isTrusted, signal } = place;
  const trust = isTrusted ? ["-c", "safe.directory=*"] : [];
  const child = startChild("git", ["--literal-pathspecs", ...hardening, ...trust, ...args], {
    cwd: directory,
    env,
    signal,
  });
  const chunks: Buffer[] = [];
  let length = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= outputLimit) chunks.push(chunk);
    else child.kill();
  });
  const { code, stderr } = await child.end.catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Failure("git-missing", "git is not installed, or not on PATH. Install git 2.30 or newer.", {
      cause: error,
    });
  });
  if (signal?.aborted) throw new Failure("cancelled", "The run was cancelled.");
  if (length > outputLimit) {
    throw new Failure(
      "limit-exceeded",
      `git ${args[0]} wrote more than ${outputLimit} bytes in ${directory}.`,
    );
  }
  return { code, stdout: Buffer.concat(chunks).toString("utf8"), stderr };
}

/** The last line that git wrote to stderr, safe to show: no control characters, no password of a URL, at most 300 characters. */
export function reasonOf({ code, stderr }: GitResult): string {
  const line = stderr.trimEnd().split("\n").at(-1) ?? "";
  const shown = line
    .replace(/\p{C}/gu, " ")
    .replace(/:\/\/[^/\s]*@/g, "://")
    .slice(0, 300);
  return shown === "" ? `status ${code}` : shown;
}

/** Nothing that a repository brings along is run, and nothing is tidied up in it. */
const hardening = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.quotePath=false",
  "protocol.ext.allow=never",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "advice.detachedHead=false",
  // A connection that stands still for a minute is given up.
  "http.lowSpeedLimit=1000",
  "http.lowSpeedTime=60",
].flatMap((setting) => ["-c", setting]);
