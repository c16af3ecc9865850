import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import { type BytePath, cleanPath } from "../image/path.ts";
import { bytesOf } from "./bytes.ts";
import { variableOf } from "./start/call.ts";

/**
 * Returns the directories in which a config's PATH finds programs, links followed. Relative ones are left out, as
 * they depend on where a program is called.
 * @param env `NAME=value`, as in the config
 */
export function pathDirectories(env: readonly string[], filesystem: Filesystem): ReadonlySet<BytePath> {
  const directories = (variableOf({ env }, "PATH") ?? "").split(":", maxDirectories);
  return new Set(
    directories
      .filter((directory) => directory.startsWith("/"))
      .map((directory) => cleanPath(bytesOf(directory)).path)
      .map((path) => resolve(filesystem, path)?.path ?? path),
  );
}

/** More directories than any PATH has. */
const maxDirectories = 1000;
