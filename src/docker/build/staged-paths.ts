import { randomUUID } from "node:crypto";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildDefinition } from "./definition.ts";
import type { BuildSources } from "./sources.ts";

/** The paths that are written on buildx' command line. */
export interface BuildPlaces {
  readonly context: string;
  readonly dockerfile: string;
  readonly buildContexts: ReadonlyMap<string, string>;
  /** by id: files that hold the secrets' values, and files that the user named */
  readonly secretFiles: ReadonlyMap<string, string>;
  readonly metadata: string;
}

/**
 * Gives every directory a name that only this build has, by links. BuildKit takes up the previous transfer of a local
 * directory whose path has the same last component, and takes a file for unchanged if size, time and mode are: the
 * other side's bytes would be built (moby/buildkit#2592, #4817). The Dockerfile and what it ignores are copies of what was
 * read, so that just that is built. Secrets' values go into files of this user's only.
 * @param directory an empty one, removed after the build
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
    await writeFile(path, value, ours);
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

/** For this user's eyes only. */
const ours = { mode: 0o600, flag: "wx" };

/** What the copy of a Dockerfile is called, and the record of its build calls it. */
export const nameOfCopy = "Dockerfile";

/**
 * Alone in its directory, so that buildx finds no other file there that it would take up, such as Dockerfile.rego.
 * `<Dockerfile>.dockerignore` is always there and never empty: BuildKit would look into the context for another one.
 */
async function copyOf({ dockerfile, ignoreFile }: BuildSources, directory: string): Promise<string> {
  const path = join(directory, nameOfCopy);
  await mkdir(directory);
  await writeFile(path, dockerfile, ours);
  await writeFile(`${path}.dockerignore`, ignoreFile?.length ? ignoreFile : "\n", ours);
  return path;
}
