/**
 * What is asked for only where it is needed, and then once: every later answer is the first, also where that failed. For
 * an engine, which images on disk need none of.
 */
export function once<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | undefined;
  return () => {
    answer ??= ask();
    return answer;
  };
}
