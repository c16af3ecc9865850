import { lstat } from "node:fs/promises";
import { join, posix } from "node:path";
import { git, tryGit } from "./git.ts";
import { obtainCommit } from "./objects.ts";
import type { Repository } from "./repository.ts";
import type { Sha } from "./sha.ts";
import { fileAt, wasMoved } from "./tree.ts";

/** A Dockerfile that the base lacks, and its build context. Both are relative to the root. */
export interface LackingDockerfile {
  readonly path: string;
  readonly context: string;
}

/** What the base commit has instead. Only `nothing` means that the Dockerfile is new. */
export type Former =
  | { readonly kind: "nothing" }
  | { readonly kind: "dockerfile"; readonly path: string }
  /** the path of the file, or of its submodule: it exists, but was not checked out */
  | { readonly kind: "not-checked-out"; readonly path: string }
  /** the head's Dockerfile is not committed, so commits say nothing about it */
  | { readonly kind: "not-committed" };

/**
 * Looks for the file that a Dockerfile may have been at the base: one that git sees as renamed, another
 * Dockerfile for the same context, or any Dockerfile that the head no longer has. Similarity alone is not
 * enough: padding makes a file dissimilar to its former version.
 */
export async function formerDockerfile(
  repository: Repository,
  base: Sha,
  lacking: LackingDockerfile,
): Promise<Former> {
  const { path } = lacking;
  if (!hasEntry(entriesOf(await git(repository, ["ls-files", "--stage", "-z"])), path))
    return { kind: "not-committed" };
  await obtainCommit(repository, base);
  const entries = entriesOf(await git(repository, ["ls-tree", "-r", "-z", "--full-tree", base]));
  const submodule = entries.find((entry) => isSubmoduleOf(entry, path));
  if (submodule !== undefined) return { kind: "not-checked-out", path: submodule.path };
  if ((await fileAt(repository, base, path)).kind !== "missing") return { kind: "not-checked-out", path };
  const renamed = await wasMoved(repository, base, path);
  if (renamed !== null) return { kind: "dockerfile", path: renamed };

  const directories = [lacking.context, posix.dirname(path)].map((directory) => posix.normalize(directory));
  const named = entries.filter((entry) => isNamedLikeDockerfile(entry.path)).map((entry) => entry.path);
  const beside = named.find((other) => directories.includes(posix.dirname(other)));
  if (beside !== undefined) return { kind: "dockerfile", path: beside };
  for (const other of [...named, ...(await readLikeDockerfiles(repository, base))]) {
    if (!(await isFile(join(repository.root, other)))) return { kind: "dockerfile", path: other };
  }
  return { kind: "nothing" };
}

interface TreeEntry {
  readonly mode: string;
  readonly path: string;
}

/** `<mode> …\t<path>\0`, as ls-tree and ls-files --stage write entries. */
function entriesOf(listed: string): readonly TreeEntry[] {
  return listed.split("\0").flatMap((entry) => {
    const tab = entry.indexOf("\t");
    return tab < 0 ? [] : [{ mode: entry.slice(0, 6), path: entry.slice(tab + 1) }];
  });
}

function hasEntry(entries: readonly TreeEntry[], path: string): boolean {
  return entries.some((entry) => entry.path === path || isSubmoduleOf(entry, path));
}

function isSubmoduleOf(entry: TreeEntry, path: string): boolean {
  return entry.mode === "160000" && path.startsWith(`${entry.path}/`);
}

function isNamedLikeDockerfile(path: string): boolean {
  return /(?:^|[._-])(?:docker|container)file(?:$|[._-](?!dockerignore$))/i.test(posix.basename(path));
}

/**
 * Returns the files with a line that can only be the FROM of a Dockerfile: a Python import does not match.
 * All files are searched as text, since the head's attributes (gitattributes(5)) could declare any file
 * binary.
 */
async function readLikeDockerfiles(repository: Repository, commit: Sha): Promise<readonly string[]> {
  const blank = "[[:space:]]+";
  const word = "[^[:space:]]+";
  const stage = `(${blank}as${blank}${word})?`;
  const from = `^(\ufeff)?[[:space:]]*from${blank}(--${word}${blank})*${word}${stage}[[:space:]]*[\\\`]?[[:space:]]*$`;
  const grep = ["grep", "--no-color", "--full-name", "-l", "-z", "-a", "-i", "-E", "-e", from, commit, "--"];
  const found = await tryGit(repository, grep);
  return found.stdout.split("\0").flatMap((line) => (line === "" ? [] : [line.slice(commit.length + 1)]));
}

async function isFile(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null))?.isFile() ?? false;
}
