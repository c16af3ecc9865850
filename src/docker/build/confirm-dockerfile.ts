import { foreignFrontend } from "../../dockerfile/parse/frontend.ts";
import { Failure } from "../../failure.ts";
import { harmlessLine } from "../../process/harmless-line.ts";
import { type BuildDefinition, dockerfileOf } from "./definition.ts";
import type { BuildSource } from "./metadata.ts";
import { nameOfCopy } from "./staged-paths.ts";

/**
 * Holds what a builder recorded as built against what was read and is judged, byte for byte. Another frontend than Docker's may
 * record what it made of the file; of its builds nothing is known but the image.
 * @param read the Dockerfile that the builder was given
 * @param recorded by the builder; a Dockerfile without steps leaves no record
 * @returns whether they could be compared
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
    `The ${side}'s image was built from another Dockerfile than "${harmlessLine(dockerfileOf(definition))}" as it was read, so nothing can be said about it. Find out what the builder puts in its place.`,
  );
}
