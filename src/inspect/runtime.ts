import type { Instruction } from "../dockerfile/parse/instruction.ts";
import { type Setting, writtenUser, writtenWorkingDirectory } from "../dockerfile/stages/setting.ts";
import type { ImageConfig } from "../image/documents/config.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import type { Inspection } from "./inspection.ts";
import { programOf } from "./program.ts";

/** Possible origins of the config's values. */
export interface Origin {
  /** the instructions that made the image, as BuildKit ran them; null if unknown */
  readonly instructions: readonly Instruction[] | null;
  /** values of build arguments */
  readonly confidential: readonly string[];
  /** whether this run built the image with these values */
  readonly isBuilt: boolean;
}

/**
 * Returns how a container starts, as in the config; null for settings that the config does not have (the user
 * is then root). BuildKit writes values of variables, including build arguments, into USER and WORKDIR. Such
 * settings are returned as written in the Dockerfile. It writes none into ENTRYPOINT and CMD.
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
  // The path of a program below a hidden directory would reveal the directory.
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
    // The value is the base image's, whose ONBUILD triggers see build arguments, or of unknown origin.
    const secrets = origin.confidential.filter((secret) => secret !== "");
    return secrets.some((secret) => isUnknown || value.includes(secret)) ? "***" : value;
  }
}
