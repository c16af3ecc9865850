import { Failure } from "../../failure.ts";
import { displayPath, parentOf } from "../path.ts";
import type { Archive } from "./lookup.ts";

/** Explains why an archive holds no image. */
export function whyNoImages(members: Archive["members"]): Failure {
  const none = "It has no manifest.json and no index.json, so it holds no image. Use docker save.";
  return otherKind(members) ?? new Failure("image-not-found", none);
}

/**
 * Recognises tars that people mistake for image archives, by their members. Returns null for any other tar.
 */
export function otherKind(members: Archive["members"]): Failure | null {
  if (members.has("manifest.json") || members.has("index.json")) return null;
  const paths = [...members.keys()];
  if (paths.some((path) => filesystemPath.test(path)))
    return unsupported("It is a filesystem without layers, as from docker export. Use docker save.");
  const inner = paths.find((path) => /^[^/]+\/(?:manifest|index)\.json$/.test(path));
  if (inner === undefined) return null;
  const directory = displayPath(parentOf(inner)).path.slice(1);
  return unsupported(
    `Its files are in the directory ${JSON.stringify(directory)}. Archive only the content of that directory, with tar -C.`,
  );
}

const filesystemPath = /^(?:\.dockerenv$|run\/\.containerenv$|(?:bin|etc|lib|sbin|usr|var)\/)/;

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}
