import { type Command, Option as Flag } from "commander";
import type { AuditEnvironment } from "../audit/environment.ts";
import { layeredStore } from "../image/readings/layered-store.ts";
import { readerVersion } from "../image/readings/reader-version.ts";
import { type ReadingStore, readingsOfThisRun } from "../image/readings/reading-store.ts";
import { contentVersion } from "../inspect/programs/content-version.ts";
import { once } from "../process/once.ts";
import type { Progress } from "../process/progress.ts";
import { defaultReadingDirectory } from "../reading-store/cache-directory.ts";
import { readingDirectory } from "../reading-store/directory.ts";
import { otherOptions } from "./help.ts";
import type { OutputFlags } from "./output.ts";
import { terminalProgress } from "./spinner.ts";

/** Flags of the commands that read images. */
export interface TerminalFlags extends OutputFlags {
  /** false: --no-reading-store */
  readonly readingStore: boolean;
}

export function addTerminalFlags(command: Command): Command {
  const flag = new Flag("--no-reading-store", "Neither use nor keep layer readings on this machine.");
  return command.addOption(flag.helpGroup(otherOptions));
}

/**
 * Returns the environment of an audit in a terminal. The first Ctrl-C cancels and cleans up; the second exits
 * at once.
 */
export function terminalEnvironment(flags: TerminalFlags): AuditEnvironment & Disposable {
  const cancel = new AbortController();
  const progress = terminalProgress({ verbose: flags.verbose === true, quiet: flags.quiet === true });
  const interrupt = () => {
    if (cancel.signal.aborted) {
      progress.end();
      process.exit(2);
    }
    cancel.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  return {
    directory: process.cwd(),
    env: process.env,
    progress,
    signal: cancel.signal,
    ...fetchingFiles(process.env, cancel.signal),
    store: flags.readingStore ? storeOfThisMachine(process.env, progress) : readingsOfThisRun(),
    [Symbol.dispose]() {
      progress.end();
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    },
  };
}

/**
 * Returns how to read a policy that a repository's own extends; nothing without a token. Few repositories have one,
 * and loading the client for GitHub's APIs takes as long as loading everything else.
 */
function fetchingFiles(env: NodeJS.ProcessEnv, cancel: AbortSignal): Pick<AuditEnvironment, "fetchFile"> {
  const token = env["GITHUB_TOKEN"] || env["GH_TOKEN"];
  if (!token) return {};
  const api = once(async () => {
    const { githubApi } = await import("../github/api.ts");
    return githubApi(token, env, undefined, cancel);
  });
  return { fetchFile: async (reference) => (await api()).fetchFile(reference) };
}

/** Returns the store of a developer's machine. It is trusted, so that readings are kept between runs. */
function storeOfThisMachine(env: NodeJS.ProcessEnv, progress: Progress): ReadingStore {
  const path = defaultReadingDirectory(env, process.platform);
  if (path === null) return readingsOfThisRun();
  const version = readerVersion(contentVersion);
  return layeredStore(readingsOfThisRun(), readingDirectory(path, { version, remark: progress.detail }));
}
