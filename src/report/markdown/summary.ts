import type { Audit } from "../../policy/audit-record.ts";
import { overviewOf } from "../model/overview.ts";
import { type ImageReport, makeReport, nothingAudited } from "../model/report.ts";
import { inMarkdown } from "../text/sentence.ts";
import {
  adviceList,
  bullets,
  factsTable,
  messageText,
  missingBaseQuote,
  policyList,
  sizeChangeList,
} from "./blocks.ts";
import { briefly } from "./brief.ts";
import { filesTable, layersTable } from "./layers.ts";
import { emoji } from "./marks.ts";
import { packagesTable } from "./packages.ts";

/**
 * Renders the audit as a job summary, in Markdown: the comment unfolded, with a chart of the layers.
 * @param limitBytes limit in bytes of UTF-8; the runner discards a summary above 1 MiB
 */
export function renderSummary(audit: Audit, limitBytes = 1_000_000): string {
  const report = makeReport(audit, "this change");
  if (report.error !== null || report.images.length === 0) {
    const title = `## ${emoji[report.verdict]} The audit could not be finished`;
    return `${[title, messageText(report.error ?? nothingAudited)].join("\n\n")}\n`;
  }
  const title = report.images.length === 1 ? [] : [`## ${emoji[report.verdict]} ${overviewOf(report)}`];
  const policy = report.policy.length === 0 ? [] : [policyList(report.policy)];
  const room = { bytes: limitBytes - 1000 - Buffer.byteLength(policy.join()) };
  const texts = imagesWithin(room, report.images);
  const left = report.images.length - texts.length;
  const note =
    left === 0 ? [] : [`and ${left} more ${left === 1 ? "image" : "images"}, left out to save space.`];
  return texts.length === 0
    ? `${briefly(report)}\n`
    : `${[...title, ...texts, ...note, ...policy].join("\n\n")}\n`;
}

/** Renders the images that fit. The worst come first; after one that does not fit, none is tried. */
function imagesWithin(room: { bytes: number }, images: readonly ImageReport[]): readonly string[] {
  const texts: string[] = [];
  for (const image of images) {
    const text = imageWithin(room, image);
    if (text === null) break;
    texts.push(text);
  }
  return texts;
}

/** Renders as much of the image as fits; null if not even the facts do. */
function imageWithin(room: { bytes: number }, image: ImageReport): string | null {
  for (const maxRows of [1000, 100, 0]) {
    const text = imageText(image, maxRows);
    const bytes = Buffer.byteLength(text) + 2;
    if (bytes > room.bytes) continue;
    room.bytes -= bytes;
    return text;
  }
  return null;
}

function imageText(image: ImageReport, maxRows: number): string {
  const { titles, layers, packages, files, waste } = image;
  const blocks = [
    `## ${emoji[image.verdict]} ${inMarkdown(image.headline)}`,
    ...(image.missingBase === null ? [] : [missingBaseQuote(image.missingBase)]),
    factsTable(image.rows, titles),
    ...(image.sizeChanges === null ? [] : [sizeChangeList(image.sizeChanges)]),
    ...(image.advice.length === 0 ? [] : [adviceList(image.advice)]),
    ...(layers.length === 0 ? [] : ["### Layers", layersTable(layers, maxRows, true)]),
    ...(packages === null ? [] : [`### ${packages.title}`, packagesTable(packages, maxRows)]),
    ...files.flatMap((list) => [`### ${list.title}`, filesTable(list, list.rows.length)]),
    ...(waste === null ? [] : [`### ${waste.title}`, bullets(waste.lines)]),
    "### How this was measured",
    bullets([...image.measured.facts, ...image.measured.words]),
  ];
  return blocks.join("\n\n");
}
