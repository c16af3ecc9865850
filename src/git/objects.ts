import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { git, reasonOf, tryGit, tryGitWork } from "./git.ts";
import { originOf, storePlace } from "./remote.ts";
import type { Repository } from "./repository.ts";
import type { Sha } from "./sha.ts";

/** The repository that has a complete commit: the user's, or our store of fetched commits. */
export type Holder = "repository" | "store";

/**
 * Makes a commit readable through the repository. If it is missing, fetches it by name, at depth 1, into the
 * store. The default checkout of a workflow has only one commit, which is never the base.
 * @throws Failure git-commit-unavailable
 */
export function obtainCommit(repository: Repository, commit: Sha): Promise<Holder> {
  const commits = obtained.get(repository) ?? new Map<Sha, Promise<Holder>>();
  obtained.set(repository, commits);
  const known = commits.get(commit) ?? obtain(repository, commit);
  commits.set(commit, known);
  return known;
}

/** A commit that was found or fetched stays, and asking git takes three processes. */
const obtained = new WeakMap<Repository, Map<Sha, Promise<Holder>>>();

async function obtain(repository: Repository, commit: Sha): Promise<Holder> {
  if (await isStored(repository, commit)) return "store";
  if (!(await isPartial(repository)) && (await hasCommit(repository, commit))) return "repository";
  await fetchIntoStore(repository, commit);
  return "store";
}

/** Reports whether the clone is partial (actions/checkout's `filter:`), so that a commit may lack files. */
export async function isPartial(repository: Repository): Promise<boolean> {
  const configured = await tryGit(repository, [
    "config",
    "--get-regexp",
    "^(extensions\\.partialclone|remote\\..*\\.promisor)$",
  ]);
  return configured.code === 0;
}

async function isStored(repository: Repository, commit: Sha): Promise<boolean> {
  if (!existsSync(repository.store)) return false;
  return hasCommit(storePlace(repository, repository.env), commit);
}

async function hasCommit(place: Parameters<typeof tryGit>[0], commit: Sha): Promise<boolean> {
  return (await tryGit(place, ["cat-file", "-e", `${commit}^{tree}`])).code === 0;
}

async function fetchIntoStore(repository: Repository, commit: Sha): Promise<void> {
  const origin = await originOf(repository);
  if (origin === null) {
    throw new Failure(
      "git-commit-unavailable",
      `Commit ${commit} is not in ${repository.root}, which has no remote named origin to fetch it from.`,
    );
  }
  const store = storePlace(repository, origin.env);
  if (!existsSync(repository.store)) {
    await mkdir(repository.store, { recursive: true });
    await git(store, ["init", "--quiet", "--bare", "--template=", `--object-format=${formatOf(commit)}`]);
  }
  const fetched = await tryGitWork(store, [...fetchOne, "--", origin.url, commit]);
  if (fetched.code === 0) return;
  throw new Failure(
    "git-commit-unavailable",
    `Commit ${commit} is not in ${repository.root} and cannot be fetched from origin (${reasonOf(fetched)}). ` +
      "In a workflow, set github-token to a token that may read the repository, set fetch-depth: 0 for actions/checkout, or rerun if the network failed.",
  );
}

export const fetchOne = ["fetch", "--quiet", "--depth=1", "--no-tags", "--no-write-fetch-head"] as const;

export function formatOf(commit: Sha): "sha1" | "sha256" {
  return commit.length === 64 ? "sha256" : "sha1";
}
