import type { Mask } from "../secrecy/mask.ts";

/** Where a run says what it is doing. The audit only speaks of steps; how they look is the surface's affair. */
export interface Progress {
  /** A long piece of work begins; the one before it has ended. */
  step(title: string): void;
  /** A line of detail, such as the builder's output: from strangers, made harmless here. */
  detail(line: string): void;
  /** The work is over, well or not. */
  end(): void;
}

/** The same with secrets masked in whatever it is told. */
export function maskedProgress(progress: Progress, mask: Mask): Progress {
  return {
    step: (title) => progress.step(mask.text(title)),
    detail: (line) => progress.detail(mask.text(line)),
    end: () => progress.end(),
  };
}
