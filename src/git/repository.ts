import { randomUUID } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Failure } from "../failure.ts";
import { findRoot, isOwnGitDirectory } from "./discover.ts";
import { gitEnvironment } from "./environment.ts";
import { type GitPlace, type GitResult, reasonOf, tryGit } from "./git.ts";

/** A user's repository, which is only read. Fetched objects are in `store`, which is deleted on disposal. */
export interface Repository extends GitPlace, AsyncDisposable {
  /** absolute root of the working tree, links resolved; the same as `directory` */
  readonly root: string;
  /** absolute; for a linked worktree, the worktree's own */
  readonly gitDirectory: string;
  /** our bare repository for fetched commits; created when first needed */
  readonly store: string;
  readonly access: Access | null;
}

/** A token that reads the repositories of one GitHub server. */
export interface Access {
  /** such as https://github.com, without a trailing slash */
  readonly server: string;
  readonly token: string;
}

export interface RepositoryOptions {
  /** default: that of the process */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the directory is a workflow's workspace. The repository is then there or on the path to the
   * context, never above. It is read even if another user owns it, as in a container job. In a terminal, git
   * refuses that for protection (CVE-2022-24765).
   */
  readonly isWorkspace?: boolean;
  /** the build context, absolute or relative to the directory; default: the directory */
  readonly context?: string;
  /** the workflow's token, for a clone without stored credentials (persist-credentials: false) */
  readonly access?: Access | null;
  /** parent of all temporary directories; default: the system's */
  readonly temporary?: string;
}

/**
 * Opens the repository of a workspace or a working directory.
 * @throws Failure git-missing, git-not-a-repository
 */
export async function openRepository(
  directory: string,
  options: RepositoryOptions = {},
): Promise<Repository> {
  const { env = process.env, signal, isWorkspace = false, access = null, temporary = tmpdir() } = options;
  const found = await realpath(directory).catch(() => null);
  if (found === null) throw new Failure("git-not-a-repository", `${directory} is not a directory.`);
  const environment = { env: gitEnvironment(env), isTrusted: isWorkspace, signal };
  const root = await findRoot({ directory: found, context: options.context ?? ".", isWorkspace });
  if (root === null) throw await noRepository({ directory: found, ...environment });

  const place: GitPlace = { directory: root, ...environment };
  const gitDirectory = await revParse(place, "--absolute-git-dir");
  const workTree = await revParse(place, "--show-toplevel");
  if (!(await isOwnGitDirectory(root, gitDirectory)) || (await realpath(workTree)) !== root) {
    throw new Failure(
      "git-not-a-repository",
      `In ${root}, git finds the repository ${gitDirectory} with the working tree ${workTree}. The repository must be the one that ${join(root, ".git")} is or names, with its working tree in ${root}.`,
    );
  }
  const store = join(temporary, `image-audit-objects-${randomUUID()}`);
  return {
    ...place,
    env: { ...place.env, GIT_ALTERNATE_OBJECT_DIRECTORIES: objectDirectories([join(store, "objects")]) },
    root,
    gitDirectory,
    store,
    access,
    [Symbol.asyncDispose]: () => rm(store, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/**
 * Joins object directories for GIT_ALTERNATE_OBJECT_DIRECTORIES, see git(1). They are quoted as in C, since a
 * path may contain the separator.
 */
export function objectDirectories(paths: readonly string[]): string {
  return paths.map((path) => `"${path.replace(/["\\]/g, "\\$&")}"`).join(delimiter);
}

async function revParse(place: GitPlace, option: string): Promise<string> {
  const result = await tryGit(place, ["rev-parse", option]);
  if (result.code !== 0) throw new Failure("git-not-a-repository", explain(place.directory, result));
  return result.stdout.replace(/\r?\n$/, "");
}

/** Returns the failure for a missing repository, or throws git-missing if git is not installed. */
async function noRepository(place: GitPlace): Promise<Failure> {
  await tryGit(place, ["version"]);
  return new Failure(
    "git-not-a-repository",
    `${place.directory} is not in a git repository. Run this in a clone that contains the Dockerfile, in a workflow after actions/checkout.`,
  );
}

function explain(directory: string, result: GitResult): string {
  if (result.stderr.includes("dubious ownership")) {
    return (
      `git does not read ${directory} because another user owns it. If you trust it, run ` +
      `git config --global --add safe.directory ${directory}`
    );
  }
  return `${directory} has no working tree that git can read: ${reasonOf(result)}`;
}
