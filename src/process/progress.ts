import yoctoSpinner from "yocto-spinner";
import type { Mask } from "../secrecy/mask.ts";
import { harmlessLine } from "./harmless-line.ts";

/** Where a run says what it is doing. The audit only speaks of steps; how they look is the surface's affair. */
export interface Progress {
  /** A long piece of work begins; the one before it has ended. */
  step(title: string): void;
  /** A line of detail, such as the builder's output: from strangers, made harmless here. */
  detail(line: string): void;
  /** The work is over, well or not. */
  end(): void;
}

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

/** The same with secrets masked in whatever it is told. */
export function maskedProgress(progress: Progress, mask: Mask): Progress {
  return {
    step: (title) => progress.step(mask.text(title)),
    detail: (line) => progress.detail(mask.text(line)),
    end: () => progress.end(),
  };
}
