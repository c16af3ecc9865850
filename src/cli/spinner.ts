import yoctoSpinner from "yocto-spinner";
import { harmlessLine } from "../process/harmless-line.ts";
import type { Progress } from "../process/progress.ts";

/**
 * Shows steps on standard error, so that standard output contains only the report: a spinner on a terminal,
 * plain lines elsewhere. Shows details only if `verbose` is set.
 */
export function terminalProgress(options: { readonly verbose: boolean; readonly quiet: boolean }): Progress {
  if (options.quiet) return { step() {}, detail() {}, end() {} };
  const isInteractive = process.stderr.isTTY && !options.verbose;
  // Only terminalEnvironment handles signals: the spinner would exit at once, without cleaning up.
  const spinner = isInteractive ? yoctoSpinner({ stream: process.stderr, handleSignals: false }) : null;
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
