import type { Verdict } from "../../policy/judge.ts";
import type { ImageReport, Report } from "../model/report.ts";
import { inMarkdown } from "../text/sentence.ts";

const words: Readonly<Record<Verdict, string>> = {
  fail: "over policy",
  inconclusive: "undecided",
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

/** The size cell of an image's own table. */
export function sizeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.head ?? []);
}

export function changeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.change ?? []);
}
