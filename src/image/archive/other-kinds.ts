import { Failure } from "../../failure.ts";
import { displayPath, parentOf } from "../path.ts";
import type { Archive } from "./lookup.ts";

/** Why an archive holds no image. */
export function whyNoImages(members: Archive["members"]): Failure {
  const none = "It has no manifest.json and no index.json, so it holds no image: write one with docker save.";
  return otherKind(members) ?? new Failure("image-not-found", none);
}

/** What people take for an archive of images, by its members. Null: it is none of these. */
export function otherKind(members: Archive["members"]): Failure | null {
  if (members.has("manifest.json") || members.has("index.json")) return null;
  const paths = [...members.keys()];
  if (paths.some((path) => ofFilesystem.test(path)))
    return unsupported("It is a filesystem without layers, as docker export writes one: use docker save.");
  const inner = paths.find((path) => /^[^/]+\/(?:manifest|index)\.json$/.test(path));
  if (inner === undefined) return null;
  const directory = displayPath(parentOf(inner)).path.slice(1);
  return unsupported(
    `What it holds lies in the directory ${JSON.stringify(directory)}: pack that directory's content, with tar -C.`,
  );
}

const ofFilesystem = /^(?:\.dockerenv$|run\/\.containerenv$|(?:bin|etc|lib|sbin|usr|var)\/)/;

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}
