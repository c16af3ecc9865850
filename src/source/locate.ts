import { lstat } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { type FileReference, type Place, places } from "./reference.ts";

/**
 * The path of a reference, and the name that may follow it. The disk tells where a name begins; were it to tell two ways, a file that a
 * pull request adds could stand for another, so that this is refused.
 * @throws Failure input-invalid
 */
export async function locate(reference: FileReference): Promise<Place> {
  const { kind, path } = reference;
  if (kind === "path") return { path, name: null };
  if (reference.name !== undefined) return { path, name: reference.name };
  const possible = places(path);
  const there: Place[] = [];
  for (const place of possible) if (await isThere(place.path)) there.push(place);
  const [found, other] = there;
  if (found !== undefined && other !== undefined) {
    throw new Failure(
      "input-invalid",
      `${kind}:${path} could mean ${found.path} or ${other.path}, for both exist: rename one.`,
    );
  }
  // Nothing is there, or none of it to be looked at: to skopeo the path ends at the first colon.
  return found ?? possible.at(-1) ?? { path, name: null };
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
