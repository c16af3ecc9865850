import { Failure } from "../failure.ts";
import type { BuildSource } from "./build-metadata.ts";
import { nameOfCopy } from "./build-places.ts";
import { harmlessLine } from "./log.ts";

/**
 * Holds what a builder recorded as built against what was read and is judged, byte for byte.
 * @param read the Dockerfile that the builder was given
 * @param recorded by the builder; a Dockerfile without steps leaves no record
 * @param path of the Dockerfile, for the message
 * @returns false where nothing was recorded
 * @throws Failure dockerfile-differs
 */
export function confirmDockerfile(
  read: Buffer,
  recorded: readonly BuildSource[],
  side: "head" | "base",
  path: string,
): boolean {
  const built = recorded.filter(({ name }) => name === nameOfCopy);
  if (built.every(({ bytes }) => bytes.equals(read))) return built.length > 0;
  throw new Failure(
    "dockerfile-differs",
    `The ${side}'s image was built from another Dockerfile than "${harmlessLine(path)}" as it was read, so nothing can be said about it. Find out what the builder puts in its place.`,
  );
}
