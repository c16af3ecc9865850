import type { Instruction } from "../dockerfile/parse/instruction.ts";
import { type Setting, writtenUser, writtenWorkingDirectory } from "../dockerfile/stages/setting.ts";
import type { ImageConfig } from "../image/documents/config.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Inspection } from "./inspection.ts";
import { programOf } from "./program.ts";

/** Where the config's values may have come from. */
export interface Origin {
  /** those that made the image, as BuildKit ran them; null where they are not known */
  readonly instructions: readonly Instruction[] | null;
  /** values of build arguments */
  readonly confidential: readonly string[];
  /** whether this run built the image with them */
  readonly isBuilt: boolean;
}

/**
 * How a container is started, as the config has it; null where it says nothing (the user is then root). BuildKit writes
 * the values of variables into USER and WORKDIR, and of build arguments among them: those are shown as the Dockerfile
 * says them. It writes none into ENTRYPOINT and CMD.
 */
export function runtimeOf(
  config: ImageConfig,
  filesystem: Filesystem,
  { instructions, ...origin }: Origin,
): Pick<Inspection, "user" | "workingDirectory" | "entrypoint" | "command" | "program"> {
  const written = {
    user: instructions === null ? null : writtenUser(instructions),
    workingDirectory: instructions === null ? null : writtenWorkingDirectory(instructions),
  };
  const isUnknown = instructions === null && origin.isBuilt;
  const workingDirectory = shown(config.workingDir, written.workingDirectory);
  // The path of what is below a directory that is not shown would show it.
  const isHidden = workingDirectory !== config.workingDir;
  const program = programOf(config, filesystem);
  return {
    user: shown(config.user, written.user),
    workingDirectory,
    entrypoint: config.entrypoint,
    command: config.cmd,
    program: program?.isBelowWorkingDirectory && isHidden ? null : (program?.path ?? null),
  };

  function shown(value: string | null, setting: Setting | null): string | null {
    if (value === null) return null;
    if (setting?.hasVariable) return setting.text;
    if (setting?.isWhole) return value;
    // Of the base image, whose ONBUILD triggers see build arguments as well; or of a Dockerfile that cannot be read.
    const secrets = origin.confidential.filter((secret) => secret !== "");
    return secrets.some((secret) => isUnknown || value.includes(secret)) ? "***" : value;
  }
}
