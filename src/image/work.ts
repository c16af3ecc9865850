/**
 * Work that may take long because it grows with untrusted input. At each `yield` the caller can pause it, so
 * that signals are handled, or abandon it.
 */
export type Work<Result> = Generator<void, Result, void>;

/** Runs the work to its end without a pause. */
export function atOnce<Result>(work: Work<Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}

/**
 * The number of small items, such as entries or files, to process between two yields: a few milliseconds of
 * work.
 */
export const stretch = 4096;
