import { type Sentence, say } from "./sentence.ts";

/** Says how much of a limit is used: `limit: 93% of 300 MB`. Only what is at its limit is said to use all of it. */
export function headroom(
  actual: number,
  limit: { readonly bytes: number; readonly unlike: number },
): Sentence {
  const percent = limit.bytes === 0 ? 100 : Math.floor((actual / limit.bytes) * 100);
  return say`limit: ${percent}% of ${limit}`;
}
