import { lstat, readFile, realpath } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";

/** Where a repository is looked for. */
export interface Search {
  /** the workspace of a workflow, or the working directory of a terminal; absolute, links resolved */
  readonly directory: string;
  /** the build context, absolute or relative to it: where a workflow checks out into a subdirectory, the repository is on the way there */
  readonly context: string;
  /** whether the directory is a workflow's workspace, which has no repository above it */
  readonly isWorkspace: boolean;
}

/**
 * Finds the root of the repository: a directory with an entry `.git`, which git keeps out of every tree, so that no
 * pull request can bring one along. The files of a bare repository it can bring along, in any directory, and git would
 * take that for one whose configuration may name programs (git-config(1), safe.bareRepository).
 * @returns absolute; null where there is none
 */
export async function findRoot({ directory, context, isWorkspace }: Search): Promise<string | null> {
  const above = isWorkspace ? [directory] : ancestorsOf(directory);
  for (const candidate of above) if (await holdsRepository(candidate)) return candidate;
  for (const candidate of stepsBetween(directory, resolve(directory, context))) {
    // A link may lead anywhere, and whoever made it chose where.
    if (!(await lstat(candidate).catch(() => null))?.isDirectory()) break;
    if (await holdsRepository(candidate)) return candidate;
  }
  return null;
}

/**
 * Whether a git directory is the one that a root's `.git` stands for: that directory itself, or what a `.git` file names,
 * as in a linked worktree (gitrepository-layout(5)).
 */
export async function isOwnGitDirectory(root: string, gitDirectory: string): Promise<boolean> {
  const entry = join(root, ".git");
  const found = await lstat(entry).catch(() => null);
  if (found === null) return false;
  const named = found.isFile() ? await namedIn(entry) : entry;
  return named !== null && (await samePlace(named, gitDirectory));
}

async function holdsRepository(directory: string): Promise<boolean> {
  return (await lstat(join(directory, ".git")).catch(() => null)) !== null;
}

function ancestorsOf(directory: string): readonly string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestorsOf(parent)];
}

/** The directories below one on the way to another, that one last; none where it is not inside. */
function stepsBetween(directory: string, target: string): readonly string[] {
  const names = relative(directory, target).split(sep);
  if (names[0] === "..") return [];
  return names.map((_, index) => join(directory, ...names.slice(0, index + 1)));
}

async function namedIn(file: string): Promise<string | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  const path = /^gitdir: (.+?)\r?\n?$/.exec(text)?.[1];
  return path === undefined ? null : resolve(dirname(file), path);
}

async function samePlace(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([one, other].map((path) => realpath(path).catch(() => null)));
  return first !== null && first === second;
}
