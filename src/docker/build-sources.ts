import { realpath, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { Failure } from "../failure.ts";
import type { BuildDefinition } from "./build-definition.ts";
import { harmlessLine } from "./log.ts";

/** The places that a build reads from, links resolved and found to lie inside the side's tree. */
export interface BuildSources {
  readonly context: string;
  readonly dockerfile: { readonly directory: string; readonly name: string };
  /** local ones by their directory; others as they were written */
  readonly buildContexts: ReadonlyMap<string, { readonly kind: "local" | "other"; readonly value: string }>;
  readonly secretFiles: ReadonlyMap<string, string>;
}

/**
 * Resolves a definition's paths inside one side's tree. A tree comes out of a pull request: a link in it must not
 * lead a build, or a secret's mount, to files of this machine.
 * @param root absolute
 * @throws Failure context-outside-workspace, dockerfile-missing or input-invalid
 */
export async function findSources(definition: BuildDefinition, root: string): Promise<BuildSources> {
  const tree = await realpath(root);
  const context = await directoryInside(tree, definition.context, "The build context");
  const buildContexts = new Map<string, { kind: "local" | "other"; value: string }>();
  for (const [name, value] of definition.buildContexts) {
    buildContexts.set(
      name,
      isRemote(value)
        ? { kind: "other", value }
        : { kind: "local", value: await directoryInside(tree, value, `The build context ${shown(name)}`) },
    );
  }
  const secretFiles = new Map<string, string>();
  for (const [id, path] of definition.secretFiles) secretFiles.set(id, await secretFile(tree, path, id));
  return { context, dockerfile: await findDockerfile(tree, definition), buildContexts, secretFiles };
}

/** Bytes. A Dockerfile of a megabyte is a mistake, or hostile. */
const longestDockerfile = 1024 * 1024;

async function directoryInside(tree: string, path: string, what: string): Promise<string> {
  if (path === "-" || isRemote(path)) {
    throw new Failure(
      "context-outside-workspace",
      `${what} is ${shown(path)}, which is not a directory of the repository. Only local directories can be built for two commits; check it out and give its path.`,
    );
  }
  const found = await realpath(resolve(tree, path)).catch(() => null);
  if (found === null || !(await stat(found)).isDirectory()) {
    throw new Failure(
      "input-invalid",
      `${what} is ${shown(path)}, and there is no such directory. Give a path relative to the workspace.`,
    );
  }
  if (!isInside(tree, found)) throw outside(what, path);
  return found;
}

async function findDockerfile(
  tree: string,
  definition: BuildDefinition,
): Promise<BuildSources["dockerfile"]> {
  const path = definition.file ?? join(definition.context, "Dockerfile");
  const missing = (why: string) =>
    new Failure(
      "dockerfile-missing",
      `${shown(path)} ${why}. Set the input \`file\` to the Dockerfile's path.`,
    );
  const asWritten = resolve(tree, path);
  const found = await realpath(asWritten).catch(() => null);
  if (found === null) throw missing("does not exist");
  const directory = await realpath(dirname(asWritten));
  if (!isInside(tree, found) || !isInside(tree, directory)) throw outside("The Dockerfile", path);
  const file = await stat(found);
  if (!file.isFile()) throw missing("is no regular file");
  if (file.size > longestDockerfile)
    throw missing(`has ${file.size} bytes, and more than ${longestDockerfile} are not read`);
  // Under the name as written, since <name>.dockerignore goes with that one.
  return { directory, name: basename(asWritten) };
}

/** An absolute path is the workflow's own word; what lies in the tree must stay in it. */
async function secretFile(tree: string, path: string, id: string): Promise<string> {
  const what = `The file of the secret ${shown(id)}`;
  const asWritten = resolve(tree, path);
  const found = await realpath(asWritten).catch(() => null);
  if (found === null || !(await stat(found)).isFile()) {
    throw new Failure(
      "input-invalid",
      `${what} is ${shown(path)}, and there is no such file. For a file that is not committed give an absolute path.`,
    );
  }
  const isOfTree = !isAbsolute(path) || isInside(tree, asWritten);
  if (isOfTree && !isInside(tree, found)) throw outside(what, path);
  return found;
}

/** What buildx takes for a remote context, an image, or a layout; everything else is a path. */
function isRemote(value: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(value) || value.startsWith("git@");
}

function isInside(tree: string, path: string): boolean {
  const way = relative(tree, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(what: string, path: string): Failure {
  return new Failure(
    "context-outside-workspace",
    `${what} is ${shown(path)}, which leads out of the workspace. Give a path inside it, and no link that leads out.`,
  );
}

function shown(text: string): string {
  return `"${harmlessLine(text)}"`;
}
