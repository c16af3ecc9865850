import { randomUUID } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildDefinition } from "./definition.ts";
import type { BuildSources } from "./sources.ts";

/** The paths on buildx's command line. */
export interface BuildPlaces {
  readonly context: string;
  readonly dockerfile: string;
  readonly buildContexts: ReadonlyMap<string, string>;
  /** by ID: files with the values of secrets, and files that the user named */
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly metadata: string;
}

/**
 * Links every directory under a name that is unique to this build. BuildKit resumes the previous transfer of
 * a local directory whose path has the same last component, and treats a file as unchanged if its size, time
 * and mode are the same. Without unique names, it would build the other side's bytes (moby/buildkit#2592,
 * #4817). The Dockerfile and the ignore file are copies of what was read, so that exactly this is built.
 * Values of secrets are written to files that only this user can read.
 * @param directory an empty directory that is removed after the build
 */
export async function stagePaths(
  sources: BuildSources,
  definition: BuildDefinition,
  side: "head" | "base",
  directory: string,
): Promise<BuildPlaces> {
  const unique = () => join(directory, `${side}-${randomUUID()}`);
  const link = async (target: string) => {
    const path = unique();
    await symlink(target, path, "dir");
    return path;
  };
  const buildContexts = new Map<string, string>();
  for (const [name, { kind, value }] of sources.buildContexts) {
    buildContexts.set(name, kind === "local" ? await link(value) : value);
  }
  const secretFiles = new Map(sources.secretFiles);
  for (const [id, value] of definition.secrets) {
    const path = join(directory, `secret-${secretFiles.size}`);
    await writeFile(path, value, privateFile);
    secretFiles.set(id, path);
  }
  return {
    context: await link(sources.context),
    dockerfile: await copyOf(sources, unique()),
    buildContexts,
    secretFiles,
    metadata: join(directory, "metadata.json"),
  };
}

/** Only this user can read or write the file. */
const privateFile = { mode: 0o600, flag: "wx" };

/** Name of the Dockerfile's copy, also in the record of its build. */
export const nameOfCopy = "Dockerfile";

/**
 * Copies the Dockerfile into a directory of its own, so that buildx finds no other file there that it would
 * use, such as Dockerfile.rego. `<Dockerfile>.dockerignore` always exists and is never empty: otherwise
 * BuildKit would look for one in the context.
 */
async function copyOf({ dockerfile, ignoreFile }: BuildSources, directory: string): Promise<string> {
  const path = join(directory, nameOfCopy);
  await mkdir(directory);
  await writeFile(path, dockerfile, privateFile);
  await writeFile(`${path}.dockerignore`, ignoreFile?.length ? ignoreFile : "\n", privateFile);
  return path;
}
