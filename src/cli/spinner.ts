import { default as yoctoSpinner } from "yocto-spinner";
import { harmlessLine } from "../process/harmless-line.ts";
import type { Progress } from "../process/progress.ts";

/**
 * Steps on standard error, so that standard output holds the report alone: a spinner where a person watches, plain
 * lines elsewhere. Details only when asked for.
 */
export function terminalProgress(options: { readonly verbose: boolean; readonly quiet: boolean }): Progress {
  if (options.quiet) return { step() {}, detail() {}, end() {} };
  const watched = process.stderr.isTTY && !options.verbose;
  // Signals are for terminalEnvironment alone: the spinner would end the run at once, and leave what it has made.
  const spinner = watched ? yoctoSpinner({ stream: process.stderr, handleSignals: false }) : null;
  return {
    step(title) {
      const text = `${harmlessLine(title)} …`;
      if (spinner === null) process.stderr.write(`${text}\n`);
      else if (spinner.isSpinning) spinner.text = text;
      else spinner.start(text);
    },
    detail(line) {
      if (options.verbose) process.stderr.write(`  ${harmlessLine(line)}\n`);
    },
    end() {
      spinner?.stop();
    },
  };
}
