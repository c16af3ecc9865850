import { realpath, stat } from "node:fs/promises";
import { isAbsolute, resolve } from "node:path";
import { isRemoteContext } from "../../dockerfile/stages/named-context.ts";
import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { isAbsent, isSystemError, whyRefused } from "../../process/system-error.ts";
import { isInside } from "../../tree/inside.ts";
import type { BuildDefinition } from "./definition.ts";
import { readDockerfile, readIgnoreFile } from "./dockerfile.ts";

/**
 * The sources of a build: paths, with links resolved and checked to be inside the side's tree, and the files
 * that decide what is built from them, read once.
 */
export interface BuildSources {
  readonly context: string;
  readonly dockerfile: Buffer;
  /** null: nothing is excluded from the context */
  readonly ignoreFile: Buffer | null;
  /** local contexts as directories; others as the user wrote them */
  readonly buildContexts: ReadonlyMap<string, { readonly kind: "local" | "other"; readonly value: string }>;
  readonly secretFiles: ReadonlyMap<string, string>;
}

/**
 * Resolves a definition's paths inside one side's tree. The tree is a pull request's content: a link in it
 * must not direct a build, or a secret's mount, to files of this machine.
 * @param root absolute
 * @throws Failure context-outside-workspace, dockerfile-missing, file-refused or input-invalid
 */
export async function findSources(definition: BuildDefinition, root: string): Promise<BuildSources> {
  const tree = await realpath(root);
  const context = await directoryInside(tree, definition.context, "The build context");
  const buildContexts = new Map<string, { kind: "local" | "other"; value: string }>();
  for (const [name, value] of definition.buildContexts) {
    buildContexts.set(
      name,
      isRemoteContext(value)
        ? { kind: "other", value }
        : { kind: "local", value: await directoryInside(tree, value, `The build context ${shown(name)}`) },
    );
  }
  const secretFiles = new Map<string, string>();
  for (const [id, path] of definition.secretFiles) secretFiles.set(id, await secretFile(tree, path, id));
  const dockerfile = await readDockerfile(definition, tree);
  const ignoreFile = await readIgnoreFile(definition, tree);
  return { context, dockerfile, ignoreFile, buildContexts, secretFiles };
}

async function directoryInside(tree: string, path: string, what: string): Promise<string> {
  if (path === "-" || isRemoteContext(path)) {
    throw new Failure(
      "context-outside-workspace",
      `${what} is ${shown(path)}, which is not a directory of the repository. Only local directories can be built for two commits. Check it out and give its path.`,
    );
  }
  const found = await realpath(resolve(tree, path)).catch((error) => refuseUnlessAbsent(error, what, path));
  if (found === null || !(await stat(found)).isDirectory()) {
    throw new Failure(
      "input-invalid",
      `${what} is ${shown(path)}, which is not an existing directory. Give a path relative to the workspace.`,
    );
  }
  if (!isInside(tree, found)) throw outside(what, path);
  return found;
}

/**
 * Resolves a secret's file. An absolute path is the workflow's choice. A path in the tree must stay in it.
 */
async function secretFile(tree: string, path: string, id: string): Promise<string> {
  const what = `The file of the secret ${shown(id)}`;
  const asWritten = resolve(tree, path);
  const found = await realpath(asWritten).catch((error) => refuseUnlessAbsent(error, what, path));
  if (found === null || !(await stat(found)).isFile()) {
    throw new Failure(
      "input-invalid",
      `${what} is ${shown(path)}, which is not an existing file. For a file that is not committed, give an absolute path.`,
    );
  }
  const isOfTree = !isAbsolute(path) || isInside(tree, asWritten);
  if (isOfTree && !isInside(tree, found)) throw outside(what, path);
  return found;
}

/**
 * Returns null if the path does not exist.
 * @throws Failure input-invalid if it exists but cannot be accessed
 */
function refuseUnlessAbsent(error: unknown, what: string, path: string): null {
  if (isAbsent(error)) return null;
  if (!isSystemError(error)) throw error;
  throw new Failure("input-invalid", `${what} is ${shown(path)}, which ${whyRefused(error)}.`, {
    cause: error,
  });
}

function outside(what: string, path: string): Failure {
  return new Failure(
    "context-outside-workspace",
    `${what} is ${shown(path)}, which leads out of the workspace. Give a path inside the workspace that is not a link out of it.`,
  );
}

function shown(text: string): string {
  return `"${harmlessLine(text)}"`;
}
