import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import type { BytePath } from "../../../image/path.ts";
import { type Call, variableOf } from "../call.ts";
import { locate } from "../locate.ts";
import { namesIn } from "./opened.ts";

/** A directory of sys.path. */
export interface Entry {
  /** clean */
  readonly path: BytePath;
  readonly names: readonly string[];
}

/** @returns null if it is not a directory: a zip file, or what the runtime mounts */
export function entryAt(path: BytePath, call: Call, filesystem: Filesystem): Entry | "missing" | null {
  const place = locate(filesystem, path === "" ? "." : path, call.directory);
  if (place.kind === "missing") return "missing";
  if (place.kind === "directory") {
    // The root, or a WORKDIR that is empty.
    const names = namesIn({ children: filesystem.children });
    return { path: "", names };
  }
  if (place.kind === "mounted" || place.node.children === null) return null;
  return { path: place.node.path, names: namesIn(place.node) };
}

/** The directories of PYTHONPATH that exist. @returns null if one is a zip file or not known */
export function entriesOf(call: Call, filesystem: Filesystem): readonly Entry[] | null {
  const paths = (variableOf(call, "PYTHONPATH") ?? "").split(":");
  if (paths.length > 256) return null;
  const entries = paths.filter((path) => path !== "").map((path) => entryAt(path, call, filesystem));
  if (entries.includes(null)) return null;
  return entries.filter((entry) => entry !== null && entry !== "missing");
}
