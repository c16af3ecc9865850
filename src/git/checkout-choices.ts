import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type GitPlace, git, tryGit } from "./git.ts";
import { isPartial } from "./objects.ts";
import type { Repository } from "./repository.ts";

/** The options of actions/checkout that a working tree was checked out with, as far as a build sees them. */
export interface CheckoutChoices {
  /** commits of history; null = all */
  readonly depth: number | null;
  /** whether large files are checked out themselves, not their pointers */
  readonly hasLfs: boolean;
  readonly submodules: "none" | "top" | "all";
  readonly sparse: { readonly patterns: string; readonly isCone: boolean } | null;
}

/** Detects how a repository was checked out, so that another commit can be checked out the same way. */
export async function choicesOf(repository: Repository): Promise<CheckoutChoices> {
  return {
    depth: await depthOf(repository),
    hasLfs: await hasLargeFiles(repository),
    submodules: await submodulesOf(repository),
    sparse: await sparsenessOf(repository),
  };
}

async function depthOf(repository: Repository): Promise<number | null> {
  // A partial clone has the history but not its content. One commit is enough.
  if (await isPartial(repository)) return 1;
  const isShallow = (await git(repository, ["rev-parse", "--is-shallow-repository"])).trim() === "true";
  if (!isShallow) return null;
  return Number(await git(repository, ["rev-list", "--count", "--first-parent", "HEAD"]));
}

async function hasLargeFiles(repository: Repository): Promise<boolean> {
  const objects = await gitPath(repository, "lfs/objects");
  return (await readdir(objects).catch(() => [])).length > 0;
}

async function submodulesOf(repository: Repository): Promise<CheckoutChoices["submodules"]> {
  if (!(await hasInitialised(repository))) return "none";
  const listed = await git(repository, ["ls-files", "-z", "--stage"]);
  const paths = listed.split("\0").flatMap((entry) => {
    const [state, path] = entry.split("\t", 2);
    return state?.startsWith("160000 ") && path !== undefined ? [path] : [];
  });
  for (const path of paths) {
    const inside = { ...repository, directory: join(repository.root, path), gitDirectory: undefined };
    // Without a `.git`, git would search the parent directories, or take the directory itself for a
    // repository.
    const isCheckedOut = existsSync(join(inside.directory, ".git"));
    if (isCheckedOut && (await hasInitialised(inside).catch(() => false))) return "all";
  }
  return "top";
}

/**
 * Reports whether `git submodule init` was called in a repository. An uninitialised submodule is an empty
 * directory, where git answers for the enclosing repository and shows a prefix.
 */
async function hasInitialised(place: GitPlace): Promise<boolean> {
  const prefix = await git(place, ["rev-parse", "--show-prefix"]);
  if (prefix.trim() !== "") return false;
  return (await tryGit(place, ["config", "--local", "--get-regexp", "^submodule\\..*\\.url$"])).code === 0;
}

async function sparsenessOf(repository: Repository): Promise<CheckoutChoices["sparse"]> {
  const isSparse = await tryGit(repository, ["config", "--type=bool", "--get", "core.sparseCheckout"]);
  if (isSparse.stdout.trim() !== "true") return null;
  const patterns = await readFile(await gitPath(repository, "info/sparse-checkout"), "utf8").catch(
    () => null,
  );
  if (patterns === null) return null;
  const cone = await tryGit(repository, ["config", "--type=bool", "--get", "core.sparseCheckoutCone"]);
  return { patterns, isCone: cone.stdout.trim() === "true" };
}

async function gitPath(repository: Repository, path: string): Promise<string> {
  return resolve(
    repository.root,
    (await git(repository, ["rev-parse", "--git-path", path])).replace(/\r?\n$/, ""),
  );
}
