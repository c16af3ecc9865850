import { Failure } from "../../failure.ts";
import { type BytePath, baseOf, displayPath, parentOf } from "../path.ts";
import type { EntryType } from "./entry.ts";

export type Whiteout =
  /** hides `path` in the layers below, or all children of the directory `path` there */
  | { readonly type: "whiteout" | "opaque-whiteout"; readonly path: BytePath }
  /** AUFS metadata, which runtimes ignore */
  | { readonly type: "ignored" };

/**
 * Returns the whiteout that a member represents; null for an ordinary member. Its base name alone decides,
 * whatever its type (image-spec layer.md, "Whiteouts"). A character device 0:0 is a whiteout too, as in
 * overlay file systems.
 * @throws Failure archive-invalid for a whiteout without a name, of `.` or of `..`
 */
export function whiteoutOf(
  path: BytePath,
  type: EntryType,
  device: readonly [major: number, minor: number],
): Whiteout | null {
  const base = baseOf(path);
  if (base === ".wh..wh..opq") return { type: "opaque-whiteout", path: parentOf(path) };
  if (base.startsWith(".wh..wh.")) return { type: "ignored" };
  if (base.startsWith(".wh.")) {
    const name = base.slice(".wh.".length);
    if (name === "" || name === "." || name === "..") throw invalid(path);
    const parent = parentOf(path);
    return { type: "whiteout", path: parent === "" ? name : `${parent}/${name}` };
  }
  if (type === "character-device" && device[0] === 0 && device[1] === 0) return { type: "whiteout", path };
  return null;
}

function invalid(path: BytePath): Failure {
  return new Failure(
    "archive-invalid",
    `A layer has the whiteout ${JSON.stringify(displayPath(path).path)}, which names no file to hide.`,
  );
}
