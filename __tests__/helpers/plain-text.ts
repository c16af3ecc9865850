import type { Sentence } from "../../src/policy/sentence.ts";
import { inText } from "../../src/report/text/sentence.ts";

/** Returns a sentence as text, with ordinary spaces between numbers and their units. */
export function plainText(sentence: Sentence): string {
  return inText(sentence).replaceAll("\u00a0", " ");
}
