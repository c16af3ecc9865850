import { foreignFrontend } from "../../dockerfile/parse/frontend.ts";
import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type BuildDefinition, dockerfileOf } from "./definition.ts";
import type { BuildSource } from "./metadata.ts";
import { nameOfCopy } from "./staged-paths.ts";

/**
 * Compares the Dockerfile that a builder recorded with the one that was read and is judged, byte for byte. A
 * frontend other than Docker's may record its own version of the file. Only the image of such a build is
 * known.
 * @param read the Dockerfile that the builder was given
 * @param recorded by the builder; a Dockerfile without steps leaves no record
 * @returns whether the two could be compared
 * @throws Failure dockerfile-differs
 */
export function confirmDockerfile(
  read: Buffer,
  recorded: readonly BuildSource[],
  definition: BuildDefinition,
  side: "head" | "base",
): boolean {
  const built = recorded.filter(({ name }) => name === nameOfCopy);
  if (built.every(({ bytes }) => bytes.equals(read))) return built.length > 0;
  if (foreignFrontend(read.toString("utf8"), definition.buildArgs.get("BUILDKIT_SYNTAX")) !== null)
    return false;
  throw new Failure(
    "dockerfile-differs",
    `The ${side}'s image was built from a Dockerfile that differs from "${harmlessLine(dockerfileOf(definition))}" as it was read, so the image cannot be judged. Find out which Dockerfile the builder uses instead.`,
  );
}
