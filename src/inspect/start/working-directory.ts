import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { bytesOf } from "../bytes.ts";
import { locate } from "./locate.ts";
import type { StartProblem } from "./start.ts";

/**
 * Returns a problem if WORKDIR is a file. Engines create a missing directory, and refuse a file (moby's
 * SetupWorkingDirectory).
 * @param directory absolute, as text
 */
export function workingDirectoryProblem(directory: string, filesystem: Filesystem): StartProblem | null {
  const place = locate(filesystem, bytesOf(directory), "/");
  const isFile = place.kind === "found" && place.node.children === null;
  if (!isFile && (place.kind !== "missing" || place.why !== "no-directory")) return null;
  return {
    class: "working-directory",
    path: directory,
    needs: directory,
    // Where the file is may be a part of a value that reports hide.
    found: isFile ? "it is a file" : "one of the directories above it is a file",
  };
}
