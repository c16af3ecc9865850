import { randomUUID } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Failure } from "../failure.ts";
import { findRoot, isOwnGitDirectory } from "./discover.ts";
import { gitEnvironment } from "./environment.ts";
import { type GitPlace, type GitResult, reasonOf, tryGit } from "./git.ts";

/** A user's repository, which is only ever read. What has to be fetched lies in `store`, and goes with the disposal. */
export interface Repository extends GitPlace, AsyncDisposable {
  /** absolute root of the working tree, links resolved; the same as `directory` */
  readonly root: string;
  /** absolute; of a linked worktree, that worktree's own */
  readonly gitDirectory: string;
  /** a bare repository of ours for fetched commits; made when first needed */
  readonly store: string;
  readonly access: Access | null;
}

/** A token that reads the repositories of one GitHub server. */
export interface Access {
  /** such as https://github.com, without a slash at its end */
  readonly server: string;
  readonly token: string;
}

export interface RepositoryOptions {
  /** default: the process' */
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  /**
   * Whether the directory is a workflow's workspace: the repository is there or on the way to the context, never above,
   * and it is read even where another user owns it, as a container job sees it. In a terminal git's own refusal protects
   * (CVE-2022-24765).
   */
  readonly isWorkspace?: boolean;
  /** the build context, absolute or relative to the directory; default: the directory */
  readonly context?: string;
  /** the workflow's token, for a clone in which actions/checkout left none (persist-credentials: false) */
  readonly access?: Access | null;
  /** parent of everything temporary; default: the system's */
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
  if (found === null) throw new Failure("git-not-a-repository", `${directory} is no directory.`);
  const environment = { env: gitEnvironment(env), isTrusted: isWorkspace, signal };
  const root = await findRoot({ directory: found, context: options.context ?? ".", isWorkspace });
  if (root === null) throw await noRepository({ directory: found, ...environment });

  const place: GitPlace = { directory: root, ...environment };
  const gitDirectory = await ask(place, "--absolute-git-dir");
  const workTree = await ask(place, "--show-toplevel");
  if (!(await isOwnGitDirectory(root, gitDirectory)) || (await realpath(workTree)) !== root) {
    throw new Failure(
      "git-not-a-repository",
      `The repository that git finds in ${root} is ${gitDirectory}, with its files in ${workTree}. It has to be the one that ${join(root, ".git")} is or names, with its files beside that.`,
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
 * Object directories as GIT_ALTERNATE_OBJECT_DIRECTORIES takes them, see git(1): quoted as in C, since a path may hold
 * the separator.
 */
export function objectDirectories(paths: readonly string[]): string {
  return paths.map((path) => `"${path.replace(/["\\]/g, "\\$&")}"`).join(delimiter);
}

async function ask(place: GitPlace, question: string): Promise<string> {
  const result = await tryGit(place, ["rev-parse", question]);
  if (result.code !== 0) throw new Failure("git-not-a-repository", explain(place.directory, result));
  return result.stdout.replace(/\r?\n$/, "");
}

/** That git itself is missing comes first: with it installed, there may still be no repository. */
async function noRepository(place: GitPlace): Promise<Failure> {
  await tryGit(place, ["version"]);
  return new Failure(
    "git-not-a-repository",
    `${place.directory} is in no git repository. Run this where the Dockerfile was cloned; in a workflow, after actions/checkout.`,
  );
}

function explain(directory: string, result: GitResult): string {
  if (result.stderr.includes("dubious ownership")) {
    return (
      `git does not read ${directory}, because another user owns it. If you trust it: ` +
      `git config --global --add safe.directory ${directory}`
    );
  }
  return `${directory} has no working tree that git can read: ${reasonOf(result)}`;
}
