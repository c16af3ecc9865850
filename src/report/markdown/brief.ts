import type { Verdict } from "../../policy/finding.ts";
import { overviewOf } from "../model/overview.ts";
import type { ImageReport, Report } from "../model/report.ts";
import { inMarkdown } from "../text/sentence.ts";
import { emoji } from "./marks.ts";

/**
 * The verdict, where the report does not fit or cannot be made: in our own words and numbers, so that it fits anywhere
 * and holds nothing that anybody could object to.
 */
export function briefly(report: Report): string {
  const { verdict, images, error } = report;
  const [first] = images;
  const title = error !== null || first === undefined ? "The audit could not be finished" : titles[verdict];
  const size = images.length === 1 && first !== undefined ? sizes(sizeOf(first), changeOf(first)) : "";
  const counts = images.length > 1 ? `${overviewOf(report)}. ` : "";
  return `### ${emoji[verdict]} ${title}\n\n${counts}${size}The report does not fit here: look at the run's summary, its log and its files.`;
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

/** The size cell of an image's own table. */
export function sizeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.head ?? []);
}

export function changeOf({ rows }: ImageReport): string {
  return inMarkdown(rows[0]?.change ?? []);
}
