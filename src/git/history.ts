import { Failure } from "../failure.ts";
import { git, tryGit } from "./git.ts";
import type { Repository } from "./repository.ts";
import { isSha, type Sha } from "./sha.ts";

/** The checked-out commit. */
export interface Head {
  readonly commit: Sha;
  readonly parents: readonly Sha[];
}

/**
 * Reads the object of HEAD. In a shallow clone it still names its parents, although `HEAD^1` fails.
 * @throws Failure git-base-unknown if there is no commit yet
 */
export async function readHead(repository: Repository): Promise<Head> {
  const commit = await firstFound(repository, ["HEAD"]);
  if (commit === null) throw new Failure("git-base-unknown", `${repository.root} has no commit yet.`);
  const object = await git(repository, ["cat-file", "commit", commit]);
  const [header = ""] = object.split("\n\n", 1);
  const parents = header.split("\n").flatMap((line) => (line.startsWith("parent ") ? [line.slice(7)] : []));
  return { commit, parents: parents.filter(isSha) };
}

/**
 * Returns the first parent of a commit that looks like a pull request's test merge: its second parent is the
 * pull request's head. Null for any other commit.
 */
export function baseOfTestMerge({ parents: [base, merged, ...more] }: Head, headSha: string): Sha | null {
  return base !== undefined && merged === headSha && more.length === 0 ? base : null;
}

/** Returns the merge base. Null if there is none, or if the clone is shallow and might give a wrong one. */
export async function mergeBaseHere(repository: Repository, base: Sha, head: Sha): Promise<Sha | null> {
  if ((await git(repository, ["rev-parse", "--is-shallow-repository"])).trim() === "true") return null;
  const found = await tryGit(repository, ["merge-base", base, head]);
  const commit = found.stdout.trimEnd();
  return found.code === 0 && isSha(commit) ? commit : null;
}

/** Returns the refs that a branch name may mean. Origin comes first, since a local main is often outdated. */
export function refsOf(name: string): readonly string[] {
  if (isSha(name)) return [name];
  return [`refs/remotes/origin/${name}`, `refs/heads/${name}`, `refs/remotes/${name}`, `refs/tags/${name}`];
}

/** Returns the commit of the first ref that exists. */
export async function firstFound(repository: Repository, refs: readonly string[]): Promise<Sha | null> {
  for (const ref of refs) {
    // rev-parse accepts much more than names, and even options among them.
    if (!(await isWellFormed(repository, ref))) continue;
    const found = await tryGit(repository, [
      "rev-parse",
      "--verify",
      "--quiet",
      "--end-of-options",
      `${ref}^{commit}`,
    ]);
    const commit = found.stdout.trimEnd();
    if (found.code === 0 && isSha(commit)) return commit;
  }
  return null;
}

/**
 * Returns the base branch to use if none is given.
 * @throws Failure git-base-unknown
 */
export async function nameOfBaseBranch(repository: Repository): Promise<string> {
  const prefix = "refs/remotes/origin/";
  const origin = await tryGit(repository, ["symbolic-ref", "--quiet", `${prefix}HEAD`]);
  const target = origin.stdout.trimEnd();
  if (origin.code === 0 && target.startsWith(prefix)) return target.slice(prefix.length);

  const configured = (await tryGit(repository, ["config", "--get", "init.defaultBranch"])).stdout.trimEnd();
  for (const name of ["main", "master", configured]) {
    if (name !== "" && (await firstFound(repository, refsOf(name))) !== null) return name;
  }
  throw new Failure(
    "git-base-unknown",
    `${repository.root} has no branch main or master. Name the base branch with --base.`,
  );
}

async function isWellFormed(repository: Repository, ref: string): Promise<boolean> {
  if (ref === "HEAD" || isSha(ref)) return true;
  return (await tryGit(repository, ["check-ref-format", ref])).code === 0;
}
