import { realpath } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { readTreeFile } from "../../tree/read-file.ts";
import { type BuildDefinition, dockerfileOf } from "./definition.ts";

/**
 * Reads the bytes of the Dockerfile that a definition names in one side's tree.
 * @throws Failure dockerfile-missing or file-refused
 */
export async function readDockerfile(definition: BuildDefinition, root: string): Promise<Buffer> {
  const tree = await realpath(root);
  const path = dockerfileOf(definition);
  const bytes = await readTreeFile(tree, path, dockerfileCure);
  if (bytes !== null) return bytes;
  throw new Failure(
    "dockerfile-missing",
    `"${harmlessLine(path)}" does not exist. Set the input \`file\` to the Dockerfile's path.`,
  );
}

/**
 * Reads the ignore file of a build: `<Dockerfile>.dockerignore` takes precedence over the context's own, as
 * in BuildKit.
 * @returns null if neither exists
 * @throws Failure file-refused
 */
export async function readIgnoreFile(definition: BuildDefinition, root: string): Promise<Buffer | null> {
  const tree = await realpath(root);
  const context = await realpath(resolve(tree, definition.context));
  const ofContext = relative(tree, join(context, ".dockerignore"));
  return (
    (await readTreeFile(tree, `${dockerfileOf(definition)}.dockerignore`, ignoreCure)) ??
    (await readTreeFile(tree, ofContext, ignoreCure))
  );
}

const dockerfileCure = "Set the input `file`, or for the base `base-file`, to the Dockerfile's own path.";

const ignoreCure = "Replace it with the file itself.";
