import type { Mask } from "../secrecy/mask.ts";

/** Receives a run's progress. The audit only reports steps; how they look is up to the implementation. */
export interface Progress {
  /** A long piece of work begins, and the previous one has ended. */
  step(title: string): void;
  /** A line of detail, such as the builder's output. It is untrusted and sanitized here. */
  detail(line: string): void;
  /** The work has ended, successfully or not. */
  end(): void;
}

/** Wraps a `Progress` so that secrets are masked in everything that it receives. */
export function maskedProgress(progress: Progress, mask: Mask): Progress {
  return {
    step: (title) => progress.step(mask.text(title)),
    detail: (line) => progress.detail(mask.text(line)),
    end: () => progress.end(),
  };
}
