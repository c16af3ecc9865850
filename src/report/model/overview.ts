import type { Verdict } from "../../policy/finding.ts";
import type { Report } from "./report.ts";

const words: Readonly<Record<Verdict, string>> = {
  fail: "over policy",
  inconclusive: "inconclusive",
  warn: "with warnings",
  pass: "passed",
};

/** `5 images: 1 over policy, 1 with warnings, 3 passed` */
export function overviewOf({ images }: Report): string {
  const counts = (Object.keys(words) as readonly Verdict[])
    .map((verdict) => ({ verdict, count: images.filter((image) => image.verdict === verdict).length }))
    .filter(({ count }) => count > 0)
    .map(({ verdict, count }) => `${count} ${words[verdict]}`);
  return `${images.length} images: ${counts.join(", ")}`;
}
