import type { Verdict } from "../../policy/finding.ts";
import { overviewOf } from "../model/overview.ts";
import type { ImageReport, Report } from "../model/report.ts";
import { inMarkdown } from "../text/sentence.ts";
import { emoji } from "./marks.ts";

/**
 * Renders the verdict alone, for when the report does not fit or cannot be made. It has only our own words
 * and numbers, so it fits anywhere and GitHub has nothing to object to.
 */
export function briefly(report: Report): string {
  const { verdict, images, error } = report;
  const [first] = images;
  const title = error !== null || first === undefined ? "The audit could not be finished" : titles[verdict];
  const size = images.length === 1 && first !== undefined ? sizes(sizeOf(first), changeOf(first)) : "";
  const counts = images.length > 1 ? `${overviewOf(report)}. ` : "";
  return `### ${emoji[verdict]} ${title}\n\n${counts}${size}The report does not fit here: see the run's summary, log and files.`;
}

const titles: Readonly<Record<Verdict, string>> = {
  pass: "The image passed",
  warn: "The image passed with warnings",
  fail: "The image is over policy",
  inconclusive: "The audit is inconclusive",
};

function sizes(size: string, change: string): string {
  return `Image size: ${size}${change === "" ? "" : `, ${change}`}. `;
}

/** Returns the size cell of an image's own table. */
export function sizeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.head ?? []);
}

export function changeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.change ?? []);
}
