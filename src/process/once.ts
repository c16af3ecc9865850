/**
 * Defers a query until its result is first needed, and never repeats it: every later call returns the first
 * result, even if that is a rejection. Used for the engine, which images on disk do not need.
 */
export function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
