import type { ImageConfig } from "../../image/documents/config.ts";

/** Flags of `docker run` that override the image. */
export interface StartOverrides {
  /** `--entrypoint`, which also drops the image's CMD; "" starts nothing */
  readonly entrypoint?: string;
  /** `--user` */
  readonly user?: string;
  /** `--workdir` */
  readonly workdir?: string;
}

/** What of a config decides how a container starts. */
export type StartConfig = Pick<ImageConfig, "entrypoint" | "cmd" | "env" | "workingDir" | "user"> &
  Partial<Pick<ImageConfig, "shell" | "healthcheck" | "volumes">>;

/** What an engine executes, as text from the config. */
export interface Command {
  /** empty if there is nothing to start */
  readonly argv: readonly string[];
  /** "" means root */
  readonly user: string;
  /** absolute, unless the config is invalid */
  readonly directory: string;
  /** `NAME=value`, with the PATH that engines add if the config has none */
  readonly env: readonly string[];
  /** number of words before the text of the shell form, as SHELL has them; 0 for the exec form */
  readonly shellWords: number;
}

/** Joins ENTRYPOINT and CMD as moby's daemon does (merge, mergeAndVerifyConfig, getEntrypointAndArgs). */
export function commandOf(config: StartConfig, overrides: StartOverrides = {}): Command {
  const { entrypoint, cmd } =
    overrides.entrypoint === undefined ? config : { entrypoint: [overrides.entrypoint], cmd: null };
  const isReset = entrypoint === null || (entrypoint.length === 1 && entrypoint[0] === "");
  const argv = [...(isReset ? [] : entrypoint), ...(cmd ?? [])];
  return {
    argv,
    user: overrides.user ?? config.user ?? "",
    directory: overrides.workdir || config.workingDir || "/",
    env: environmentOf(config.env),
    shellWords: shellWords(argv, config.shell ?? null),
  };
}

/** The shell of the shell form in configs, unless SHELL names another. */
export const defaultShell: readonly string[] = ["/bin/sh", "-c"];

/** Returns the number of words before the text of the shell form; 0 for the exec form. */
function shellWords(argv: readonly string[], shell: readonly string[] | null): number {
  const shells = shell === null || shell.length === 0 ? [defaultShell] : [shell, defaultShell];
  const form = shells.find(
    (words) => argv.length > words.length && words.every((word, at) => argv[at] === word),
  );
  return form?.length ?? 0;
}

/**
 * Keeps the last value of each name, as engines do; a name without `=` unsets it (moby's
 * ReplaceOrAppendEnvValues).
 */
function environmentOf(env: readonly string[]): readonly string[] {
  const variables = new Map<string, string | null>([["PATH", defaultPath]]);
  for (const variable of env) {
    const equals = variable.indexOf("=");
    if (equals === -1) variables.set(variable, null);
    else variables.set(variable.slice(0, equals), variable.slice(equals + 1));
  }
  return [...variables].flatMap(([name, value]) => (value === null ? [] : [`${name}=${value}`]));
}

/** The PATH that engines set if the config has none. */
const defaultPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
