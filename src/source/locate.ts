import { lstat } from "node:fs/promises";
import { Failure } from "../failure.ts";
import { type FileReference, type Place, places } from "./reference.ts";

/**
 * Splits a reference into a path and the name that may follow it, by what exists on disk. Ambiguous
 * references are refused, since a file that a pull request adds could stand for another.
 * @throws Failure input-invalid
 */
export async function locate(reference: FileReference): Promise<Place> {
  const { kind, path } = reference;
  if (kind === "path") return { path, name: null };
  if (reference.name !== undefined) return { path, name: reference.name };
  const possible = places(path);
  const existing: Place[] = [];
  for (const place of possible) if (await exists(place.path)) existing.push(place);
  const [found, second] = existing;
  if (found !== undefined && second !== undefined) {
    throw new Failure(
      "input-invalid",
      `${kind}:${path} could mean ${found.path} or ${second.path}, since both exist: rename one.`,
    );
  }
  // Nothing exists or is accessible: for skopeo, the path ends at the first colon.
  return found ?? possible.at(-1) ?? { path, name: null };
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
