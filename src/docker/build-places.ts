import { randomUUID } from "node:crypto";
import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildDefinition } from "./build-definition.ts";
import type { BuildSources } from "./build-sources.ts";

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
 * other side's bytes would be built (moby/buildkit#2592, #4817). Secrets' values go into files of this user's only.
 * @param directory an empty one, removed after the build
 */
export async function arrangePlaces(
  sources: BuildSources,
  definition: BuildDefinition,
  side: "head" | "base",
  directory: string,
): Promise<BuildPlaces> {
  const link = async (target: string) => {
    const path = join(directory, `${side}-${randomUUID()}`);
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
    await writeFile(path, value, { mode: 0o600, flag: "wx" });
    secretFiles.set(id, path);
  }
  return {
    context: await link(sources.context),
    dockerfile: join(await link(sources.dockerfile.directory), sources.dockerfile.name),
    buildContexts,
    secretFiles,
    metadata: join(directory, "metadata.json"),
  };
}
