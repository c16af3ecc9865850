import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { BuildDefinition } from "./build-definition.ts";
import { findSources } from "./build-sources.ts";

/**
 * The Dockerfile that a definition names in one side's tree, as text: checked like a build's, so that a link of a pull
 * request's never shows another file.
 * @throws Failure as findSources
 */
export async function readDockerfile(definition: BuildDefinition, root: string): Promise<string> {
  const { dockerfile } = await findSources(definition, root);
  return readFile(join(dockerfile.directory, dockerfile.name), "utf8");
}
