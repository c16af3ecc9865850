import { lstat, readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Where to look for a repository. */
export interface Search {
  /** a workflow's workspace, or the terminal's working directory; absolute, links resolved */
  readonly directory: string;
  /** the build context, absolute or relative to it; the repository may be on the path to the context */
  readonly context: string;
  /** whether the directory is a workflow's workspace; no repository is searched for above it */
  readonly isWorkspace: boolean;
}

/**
 * Finds the root of the repository: a directory with a `.git` entry. Git allows no `.git` in a tree, so a
 * pull request cannot add one. It can add the files of a bare repository to any directory. Git would take
 * that for a repository and run programs that its configuration names (git-config(1), safe.bareRepository).
 * @returns an absolute path; null if there is none
 */
export async function findRoot({ directory, context, isWorkspace }: Search): Promise<string | null> {
  const above = isWorkspace ? [directory] : ancestorsOf(directory);
  for (const candidate of above) if (await hasRepository(candidate)) return candidate;
  for (const candidate of directoriesBetween(directory, resolve(directory, context))) {
    // A link is untrusted: it may lead anywhere.
    if (!(await lstat(candidate).catch(() => null))?.isDirectory()) break;
    if (await hasRepository(candidate)) return candidate;
  }
  return null;
}

/**
 * Reports whether a git directory belongs to a root: it is the root's `.git` directory, or the one that a
 * `.git` file names, as in a linked worktree (gitrepository-layout(5)).
 */
export async function isOwnGitDirectory(root: string, gitDirectory: string): Promise<boolean> {
  const entry = join(root, ".git");
  const found = await lstat(entry).catch(() => null);
  if (found === null) return false;
  const named = found.isFile() ? await targetOfGitFile(entry) : entry;
  return named !== null && (await isSamePath(named, gitDirectory));
}

async function hasRepository(directory: string): Promise<boolean> {
  return (await lstat(join(directory, ".git")).catch(() => null)) !== null;
}

function ancestorsOf(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestorsOf(parent)];
}

/** Returns the directories from below `directory` down to `target`. Empty if the target is not inside. */
function directoriesBetween(directory: string, target: string): readonly string[] {
  const names = relative(directory, target).split(sep);
  if (names[0] === "..") return [];
  return names.map((_, index) => join(directory, ...names.slice(0, index + 1)));
}

async function targetOfGitFile(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  const path = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  return path === undefined ? null : resolve(dirname(file), path);
}

async function isSamePath(a: string, b: string): Promise<boolean> {
  const [first, second] = await Promise.all([a, b].map((path) => realpath(path).catch(() => null)));
  return first !== null && first === second;
}
