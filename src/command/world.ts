import type { World } from "../audit.ts";
import { terminalProgress } from "../progress.ts";
import type { OutputFlags } from "./output.ts";

/** The terminal's world. The first Ctrl-C cancels and tidies up, the second ends at once. */
export function terminalWorld(flags: OutputFlags): World & Disposable {
  const cancel = new AbortController();
  const interrupt = () => {
    if (cancel.signal.aborted) process.exit(2);
    cancel.abort();
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  const progress = terminalProgress({ verbose: flags.verbose === true, quiet: flags.quiet === true });
  return {
    directory: process.cwd(),
    env: process.env,
    progress,
    signal: cancel.signal,
    [Symbol.dispose]() {
      progress.end();
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
    },
  };
}
