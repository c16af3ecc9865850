import { Buffer } from "node:buffer";
import type { ImageConfig } from "../image/documents/config.ts";
import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import { limits } from "../image/limits.ts";
import { displayPath } from "../image/path.ts";
import { isExecutableMode } from "./programs/executable.ts";

/** What a container of an image executes first. */
export interface Program {
  /** absolute, UTF-8, no link */
  readonly path: string;
  /** whether it was named by a path relative to the working directory */
  readonly isBelowWorkingDirectory: boolean;
}

/**
 * The file that a container of the image would execute, links followed: as execve(2) takes a path with a slash, and as
 * runtimes look up a name in the config's PATH (Go's exec.LookPath).
 * @returns null where the image runs nothing, or has no such program itself
 */
export function programOf(
  { entrypoint, cmd, env, workingDir }: Pick<ImageConfig, "entrypoint" | "cmd" | "env" | "workingDir">,
  filesystem: Filesystem,
): Program | null {
  const [name = ""] = [...(entrypoint ?? []), ...(cmd ?? [])];
  if (name === "" || name.length > limits.path) return null;
  const isPath = name.includes("/");
  const isBelowWorkingDirectory = isPath && !name.startsWith("/");
  const directories = isPath ? [isBelowWorkingDirectory ? (workingDir ?? "") : ""] : directoriesOf(env);
  for (const directory of directories) {
    if (directory.length > limits.path) continue;
    const node = resolve(filesystem, Buffer.from(`${directory}/${name}`).toString("latin1"));
    if (node?.attributes.type !== "file" || !isExecutableMode(node.attributes.mode)) continue;
    return { path: displayPath(node.path).path, isBelowWorkingDirectory };
  }
  return null;
}

/** Of PATH. One that is not absolute is never taken: Go refuses what it finds there. */
function directoriesOf(env: readonly string[]): readonly string[] {
  const path = env.findLast((variable) => variable.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
  if (path.length > longestVariable) return [];
  return path.split(":").filter((directory) => directory.startsWith("/"));
}

/** What engines give a container whose config has no PATH. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** MAX_ARG_STRLEN: Linux starts nothing with a longer one. */
const longestVariable = 128 * 1024;
