import { Buffer } from "node:buffer";
import type { ImageConfig } from "../image/documents/config.ts";
import { type Filesystem, resolve } from "../image/filesystem/filesystem.ts";
import { limits } from "../image/limits.ts";
import { displayPath } from "../image/path.ts";
import { isExecutableMode } from "./programs/executable.ts";

/** The program that a container executes first. */
export interface Program {
  /** absolute, UTF-8, with links resolved */
  readonly path: string;
  /** whether the config names it by a path relative to the working directory */
  readonly isBelowWorkingDirectory: boolean;
}

/**
 * Returns the file that a container of the image would execute, with links resolved. A path with a slash is
 * used as in execve(2). A plain name is looked up in the config's PATH, as runtimes do (Go's exec.LookPath).
 * @returns null if the image runs nothing, or does not contain the program
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

/** Returns the absolute directories of PATH. Go refuses programs that it finds in relative ones. */
function directoriesOf(env: readonly string[]): readonly string[] {
  const path = env.findLast((variable) => variable.startsWith("PATH="))?.slice("PATH=".length) ?? defaultPath;
  if (path.length > maxVariableLength) return [];
  return path.split(":").filter((directory) => directory.startsWith("/"));
}

/** The PATH that engines set if the config has none. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** MAX_ARG_STRLEN: Linux starts no program with a longer variable. */
const maxVariableLength = 128 * 1024;
