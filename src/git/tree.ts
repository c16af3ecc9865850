import { lstat, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { dirname, join, posix, resolve } from "node:path";
import { Failure } from "../failure.ts";
import { type GitPlace, git, reasonOf, tryGit } from "./git.ts";
import { firstFound } from "./history.ts";
import { obtainCommit } from "./objects.ts";
import { objectDirectories, type Repository } from "./repository.ts";
import type { Sha } from "./sha.ts";

/** What a commit has at a path. */
export type TreeFile =
  | { readonly kind: "file"; readonly text: string }
  | { readonly kind: "missing" }
  | { readonly kind: "symlink" }
  /** or a submodule */
  | { readonly kind: "directory" };

const maxBytes = 1024 * 1024;

/**
 * Reads a file from a commit's tree. It never reads the working tree, and never follows a link, which could
 * lead to any file on this machine.
 * @param path relative to the repository's root
 * @throws Failure git-commit-unavailable; input-invalid if the path leaves the repository; limit-exceeded
 * above 1 MiB
 */
export async function fileAt(repository: Repository, commit: Sha, path: string): Promise<TreeFile> {
  const inside = insideOf(path);
  if (inside === ".") return { kind: "directory" };
  await obtainCommit(repository, commit);
  const listed = await git(repository, ["ls-tree", "-z", "-l", "--full-tree", commit, "--", inside]);
  // <mode> <type> <object> <size, padded>\t<path>\0
  const [mode, , object, size] = (listed.split("\t", 1)[0] ?? "").split(/ +/);
  if (mode === undefined || object === undefined) return { kind: "missing" };
  if (mode === "120000") return { kind: "symlink" };
  if (mode !== "100644" && mode !== "100755") return { kind: "directory" };
  if (Number(size) > maxBytes) {
    throw new Failure("limit-exceeded", `${inside} at ${commit.slice(0, 7)} is larger than 1 MiB.`);
  }
  return { kind: "file", text: await git(repository, ["cat-file", "blob", object]) };
}

/** Returns the checked-out commit. Null if there is none yet. */
export function currentCommit(repository: Repository): Promise<Sha | null> {
  return firstFound(repository, ["HEAD"]);
}

/**
 * Returns which of some paths differ between a commit and the checked-out one.
 * @param paths relative to the root
 * @throws Failure git-commit-unavailable
 */
export async function changedSince(
  repository: Repository,
  commit: Sha,
  paths: readonly string[],
): Promise<ReadonlySet<string>> {
  await obtainCommit(repository, commit);
  const diff = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", commit, "HEAD", "--"];
  const listed = await git(repository, [...diff, ...paths.map(insideOf)]);
  return new Set(listed.split("\0").filter((path) => path !== ""));
}

/** Reports whether the index has a file at a path or below it. */
export async function isTracked(repository: Repository, path: string): Promise<boolean> {
  return (await git(repository, ["ls-files", "-z", "--", insideOf(path)])) !== "";
}

/**
 * Returns the paths under the context that are not committed, so that no other checkout has them. This
 * includes ignored files: what an earlier step built for the image (dist/) is usually ignored. Paths are
 * relative to the root. A directory of such files is one path with a trailing slash.
 */
export async function uncommittedInContext(
  repository: Repository,
  contextPath: string,
): Promise<readonly string[]> {
  const context = insideOf(contextPath);
  const list = ["ls-files", "-z", "--others", "--directory", "--no-empty-directory"];
  const listed = await tryGit(repository, [...list, "--", context]);
  // The repository does not know the uncommitted files of a submodule.
  if (listed.stderr.includes("is in submodule")) return [];
  if (listed.code !== 0)
    throw new Failure("git-failed", `git ls-files failed in ${repository.root}: ${reasonOf(listed)}`);
  return listed.stdout.split("\0").filter((path) => path !== "");
}

/**
 * Returns the former path, in a base commit, of a file of the head, by git's measure of similarity (half of
 * its lines). Only files that the head no longer has are considered: a copy is not a move. Null if the file
 * is new.
 * @param headPath relative to the root; read from the working tree
 */
export async function wasMoved(
  repository: Repository,
  baseCommit: Sha,
  headPath: string,
): Promise<string | null> {
  const path = insideOf(headPath);
  const file = await lstat(join(repository.root, path)).catch(() => null);
  if (!file?.isFile() || file.size > maxBytes) return null;
  await obtainCommit(repository, baseCommit);

  await using scratch = await makeScratch(repository);
  const { place, list } = scratch;
  await git(place, ["read-tree", baseCommit]);
  // Not ls-files: it misses a file that was replaced by a directory.
  const deleted = await git(place, ["diff-files", "--diff-filter=D", "--name-only", "-z"]);
  if (deleted === "") return null;
  await writeFile(list, deleted);
  await git(place, [
    "rm",
    "--quiet",
    "--cached",
    "--force",
    `--pathspec-from-file=${list}`,
    "--pathspec-file-nul",
  ]);
  const blob = await git(place, ["hash-object", "-w", "--no-filters", "--", path]);
  await git(place, ["update-index", "--add", "--cacheinfo", `100644,${blob.trim()},${path}`]);
  const renames = ["diff-index", "--cached", "--find-renames", "--diff-filter=R", "--name-status", "-z"];
  const [, from] = (await git(place, [...renames, baseCommit, "--"])).split("\0");
  return from ?? null;
}

/** Creates a separate index and object directory, so that git writes nothing to the user's repository. */
async function makeScratch(
  repository: Repository,
): Promise<AsyncDisposable & { place: GitPlace; list: string }> {
  const objects = (await git(repository, ["rev-parse", "--git-path", "objects"])).replace(/\r?\n$/, "");
  const directory = await mkdtemp(join(dirname(repository.store), "image-audit-index-"));
  await mkdir(join(directory, "objects"));
  const sources = [resolve(repository.root, objects), join(repository.store, "objects")];
  const env = {
    ...repository.env,
    GIT_INDEX_FILE: join(directory, "index"),
    GIT_OBJECT_DIRECTORY: join(directory, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: objectDirectories(sources),
  };
  return {
    place: { ...repository, env },
    list: join(directory, "deleted"),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Returns the path as git writes it. */
function insideOf(path: string): string {
  const clean = posix.normalize(path).replace(/\/+$/, "");
  if (clean.startsWith("/") || clean === ".." || clean.startsWith("../") || clean.includes("\0")) {
    throw new Failure("input-invalid", `The path ${JSON.stringify(path)} is not inside the repository.`);
  }
  return clean === "" ? "." : clean;
}
