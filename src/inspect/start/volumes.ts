import { posix } from "node:path";
import type { StartProblem } from "./start.ts";

/**
 * Returns the declared volume that may contain what a problem misses. An engine fills a new volume from the
 * image, so a plain `docker run` still fails. But an image that declares a volume expects its user's files
 * there.
 * @param directory the working directory, absolute
 * @returns null if no volume covers it
 */
export function volumeFor(
  { path, needs }: Pick<StartProblem, "path" | "needs">,
  volumes: readonly string[],
  directory: string,
): string | null {
  const places = [path, posix.resolve(directory, needs)].map((place) => posix.normalize(place));
  const covers = (volume: string) => {
    const root = posix.resolve("/", volume);
    return root !== "/" && places.some((place) => place === root || place.startsWith(`${root}/`));
  };
  return volumes.find(covers) ?? null;
}
