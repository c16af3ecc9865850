import { getExecOutput } from "@actions/exec";
import { Failure, throwIfCancelled } from "../failure.ts";
import { startChild } from "../process/child.ts";

/** Where and how a git command runs. */
export interface GitPlace {
  /** absolute; the command's working directory */
  readonly directory: string;
  /** from gitEnvironment */
  readonly env: NodeJS.ProcessEnv;
  /** absolute; the repository, if git must not search for it */
  readonly gitDirectory?: string | undefined;
  /** whether a repository that another user owns may be read */
  readonly isTrusted: boolean;
  readonly signal?: AbortSignal | undefined;
}

export interface GitResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs git, hardened, and returns its output.
 * @throws Failure git-failed if its exit status is not 0
 */
export async function git(place: GitPlace, args: readonly string[]): Promise<string> {
  return requireSuccess(place, args, await tryGit(place, args)).stdout;
}

/**
 * Runs git, hardened, where an exit status other than 0 is an answer. Only for local queries, which are fast.
 * @throws Failure git-missing, cancelled
 */
export async function tryGit(place: GitPlace, args: readonly string[]): Promise<GitResult> {
  throwIfCancelled(place.signal);
  const options = { cwd: place.directory, env: stringsOf(place.env), silent: true, ignoreReturnCode: true };
  const result = await getExecOutput("git", [...argumentsOf(place, args)], options).catch((cause: Error) => {
    throw cause.message.startsWith("Unable to locate executable file") ? gitMissing(cause) : cause;
  });
  throwIfCancelled(place.signal);
  return { code: result.exitCode, stdout: result.stdout, stderr: result.stderr };
}

/**
 * Runs git, hardened, for a fetch or a checkout. These may take long and stop when the run is cancelled.
 * @throws Failure git-failed, git-missing, cancelled
 */
export async function gitWork(place: GitPlace, args: readonly string[]): Promise<void> {
  requireSuccess(place, args, await tryGitWork(place, args));
}

/** Like gitWork, but an exit status other than 0 is an answer. */
export async function tryGitWork(place: GitPlace, args: readonly string[]): Promise<GitResult> {
  const { directory, env, signal } = place;
  const child = startChild("git", argumentsOf(place, args), { cwd: directory, env, signal });
  child.stdout.resume();
  const { code, stderr } = await child.end.catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? gitMissing(error) : error;
  });
  throwIfCancelled(signal);
  return { code, stdout: "", stderr };
}

function argumentsOf({ isTrusted, gitDirectory }: GitPlace, args: readonly string[]): readonly string[] {
  const repository = gitDirectory === undefined ? [] : [`--git-dir=${gitDirectory}`];
  const trust = isTrusted ? ["-c", "safe.directory=*"] : [];
  return ["--literal-pathspecs", ...repository, ...hardening, ...trust, ...args];
}

function requireSuccess({ directory }: GitPlace, args: readonly string[], result: GitResult): GitResult {
  if (result.code === 0) return result;
  throw new Failure("git-failed", `git ${args[0]} failed in ${directory}: ${reasonOf(result)}`);
}

function gitMissing(cause: Error): Failure {
  return new Failure("git-missing", "git is not installed, or not on PATH. Install git 2.30 or newer.", {
    cause,
  });
}

function stringsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const defined = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return Object.fromEntries(defined);
}

/** Returns git's last line of stderr without control characters and passwords, in at most 300 characters. */
export function reasonOf({ code, stderr }: GitResult): string {
  const line = stderr.trimEnd().split("\n").at(-1) ?? "";
  const shown = line
    .replace(/\p{C}/gu, " ")
    .replace(/:\/\/[^/\s]*@/g, "://")
    .slice(0, 300);
  return shown === "" ? `status ${code}` : shown;
}

/** Git runs no program that a repository configures, and does no maintenance. */
const hardening = [
  // Any tree may contain the files of a bare repository (git 2.38).
  "safe.bareRepository=explicit",
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.quotePath=false",
  "protocol.ext.allow=never",
  "gc.auto=0",
  "maintenance.auto=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  "advice.detachedHead=false",
  // Give up on a connection that stalls for a minute.
  "http.lowSpeedLimit=1000",
  "http.lowSpeedTime=60",
].flatMap((setting) => ["-c", setting]);
