import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { bytesOf, shownPath } from "./bytes.ts";
import { commandOf, type StartConfig } from "./start/command.ts";
import { findProgram } from "./start/find-program.ts";

/** The program that a container executes first. */
export interface Program {
  /** absolute, UTF-8, with links resolved */
  readonly path: string;
  /** whether the config names it by a path relative to the working directory */
  readonly isBelowWorkingDirectory: boolean;
}

/**
 * Returns the file that a container of the image would execute, with links resolved, whatever user and health
 * check the config has.
 * @returns null if the image runs nothing, or does not contain the program
 */
export function programOf(
  config: Omit<StartConfig, "user" | "shell" | "healthcheck">,
  filesystem: Filesystem,
): Program | null {
  const { argv, directory, env } = commandOf({ ...config, user: null });
  const name = bytesOf(argv[0] ?? "");
  const scope = { filesystem, directory: bytesOf(`/${directory}`), env: env.map(bytesOf), account: null };
  const found = findProgram(name, { ...scope, by: "runtime" });
  if (found.kind !== "found") return null;
  return {
    path: shownPath(found.place.node.path),
    isBelowWorkingDirectory: name.includes("/") && !name.startsWith("/"),
  };
}
