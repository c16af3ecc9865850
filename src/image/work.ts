/**
 * Work that may take long, as it grows with what a stranger made: at each `yield` it may rest, so that signals are heard,
 * and be given up. Whoever does it decides.
 */
export type Work<Result> = Generator<void, Result, void>;

/** Does it without a rest. */
export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/** How many small things, such as entries or files, are done between two places to rest: some milliseconds' work. */
export const stretch = 4096;
