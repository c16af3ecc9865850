import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run, succeeds } from "./run.ts";

/** Environment variables of a client of an engine. */
export type Variables = Readonly<NodeJS.ProcessEnv>;

/** Pulls an image and tags it, unless the tag is there. */
export async function pulled(name: string, tag: string, variables: Variables): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  await docker(variables, "pull", "--quiet", name);
  await docker(variables, "tag", name, tag);
  return tag;
}

/**
 * Builds an image, unless the tag is there.
 * @param files source path by name in the build context
 */
export async function built(
  tag: string,
  dockerfile: readonly string[],
  variables: Variables,
  files: Readonly<Record<string, string>> = {},
): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  const context = await mkdtemp(join(tmpdir(), "image-audit-base-"));
  try {
    await writeFile(join(context, "Dockerfile"), `${dockerfile.join("\n")}\n`);
    for (const [name, path] of Object.entries(files)) await cp(path, join(context, name));
    await docker(
      variables,
      "buildx",
      "build",
      "--quiet",
      "--provenance=false",
      "--load",
      "--tag",
      tag,
      context,
    );
    return tag;
  } finally {
    await rm(context, { recursive: true });
  }
}

/** Gives an image another tag. */
export async function tagged(image: string, tag: string, variables: Variables): Promise<void> {
  await docker(variables, "tag", image, tag);
}

/** Makes an image of one layer from a tar, unless the tag is there. */
export async function imported(
  tag: string,
  archive: string,
  changes: readonly string[],
  variables: Variables,
): Promise<string> {
  if (await isThere(tag, variables)) return tag;
  await docker(variables, "import", ...changes.flatMap((change) => ["--change", change]), archive, tag);
  return tag;
}

/** Reports whether the engine has an image. */
function isThere(tag: string, variables: Variables): Promise<boolean> {
  return succeeds("docker", ["image", "inspect", tag], { env: { ...process.env, ...variables } });
}

function docker(variables: Variables, ...args: readonly string[]): Promise<string> {
  return run("docker", args, { env: { ...process.env, ...variables } });
}
