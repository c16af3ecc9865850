import type { Audit } from "../../policy/audit-record.ts";
import { type Sentence, say } from "../../policy/sentence.ts";
import { layerTotal } from "../model/layers.ts";
import { overviewOf } from "../model/overview.ts";
import { type ImageReport, makeReport, nothingAudited, type Report } from "../model/report.ts";
import { formatCommit } from "../text/format.ts";
import { inCell, inMarkdown } from "../text/sentence.ts";
import {
  adviceList,
  bullets,
  factsTable,
  messageText,
  missingBaseQuote,
  policyList,
  sizeChangeList,
} from "./blocks.ts";
import { briefly, changeOf, sizeOf } from "./brief.ts";
import { filesTable, layersTable } from "./layers.ts";
import { emoji } from "./marks.ts";
import { packagesTable } from "./packages.ts";
import { table } from "./table.ts";

export interface CommentOptions {
  /** an HTML comment that identifies this comment later; becomes the first line */
  readonly marker?: string;
  /** URL of the workflow run */
  readonly runUrl?: string;
  /** name of the check with the binding verdict, since a comment can be edited */
  readonly authority?: string;
  /** what the head is to the readers; default `this pull request` */
  readonly headName?: string;
  /** limit in UTF-16 units: GitHub refuses over 65,536 characters, and 60,000 units are at most 180 kB */
  readonly limitCharacters?: number;
}

/**
 * Renders the audit as a comment, in Markdown: one line if there is nothing more to say, else the headline,
 * the facts, what grew, what to do, and the rest folded. What does not fit is cut from the end and counted.
 * If even that is too long, only the verdict is left.
 */
export function renderComment(audit: Audit, options: CommentOptions): string {
  const report = makeReport(audit, options.headName ?? "this pull request");
  const limit = options.limitCharacters ?? 60_000;
  for (const level of levels) {
    const rendered = render(bodyOf(report, audit, options, level), options);
    if (rendered.length <= limit) return rendered;
  }
  return briefComment(report, audit, options);
}

/** Renders the verdict alone, which GitHub accepts whatever the report holds. */
export function renderShortComment(audit: Audit, options: CommentOptions): string {
  return briefComment(makeReport(audit, options.headName ?? "this pull request"), audit, options);
}

function briefComment(report: Report, audit: Audit, { authority: _, ...options }: CommentOptions): string {
  return render([briefly(report), ...footerOf(audit, options)], options);
}

/** How much is shown: numbers of rows, and of images that are shown in full. */
interface Level {
  readonly layers: number;
  readonly packages: number;
  readonly files: number;
  readonly images: number;
  /** whether to say how it was measured */
  readonly measured: boolean;
}

const levels: readonly Level[] = [
  { layers: 60, packages: 50, files: 10, images: 60, measured: true },
  { layers: 15, packages: 10, files: 5, images: 60, measured: true },
  { layers: 0, packages: 0, files: 0, images: 60, measured: true },
  { layers: 0, packages: 0, files: 0, images: 10, measured: false },
  { layers: 0, packages: 0, files: 0, images: 1, measured: false },
];

function render(body: readonly string[], { marker }: CommentOptions): string {
  return `${[...(marker === undefined ? [] : [marker]), ...body].join("\n\n")}\n`;
}

function bodyOf(report: Report, audit: Audit, options: CommentOptions, level: Level): readonly string[] {
  const footer = footerOf(audit, options);
  const [first, ...others] = report.images;
  if (report.error !== null || first === undefined) {
    const error = report.error ?? nothingAudited;
    return [`### ${emoji[report.verdict]} The audit could not be finished`, messageText(error), ...footer];
  }
  if (others.length > 0) return [...severalImages(report, level), ...footer];
  if (first.isQuiet)
    return [[`${emoji[first.verdict]} ${inMarkdown(first.headline)}`, ...footer].join(" · ")];
  return [
    `### ${emoji[first.verdict]} ${inMarkdown(first.headline)}`,
    ...imageBlocks(first, level, report.policy),
    ...footer,
  ];
}

/** Renders what is below an image's headline. */
function imageBlocks(image: ImageReport, level: Level, policy: readonly Sentence[] = []): readonly string[] {
  const { titles, layers, packages, files, waste } = image;
  return [
    ...(image.missingBase === null ? [] : [missingBaseQuote(image.missingBase)]),
    factsTable(image.rows, titles),
    ...(image.sizeChanges === null ? [] : [sizeChangeList(image.sizeChanges)]),
    ...(image.advice.length === 0 ? [] : [adviceList(image.advice)]),
    ...(policy.length === 0 ? [] : [policyList(policy)]),
    ...(layers.length === 0
      ? []
      : folded(`Layers (${layerTotal(layers)})`, level.layers, () =>
          layersTable(layers, level.layers, false),
        )),
    ...(packages === null
      ? []
      : folded(packages.title, level.packages, () => packagesTable(packages, level.packages))),
    ...files.flatMap((list) =>
      folded(`${list.title} (${list.count})`, level.files, () => filesTable(list, level.files)),
    ),
    ...(waste === null ? [] : folded(waste.title, level.files, () => bullets(waste.lines))),
    ...(level.measured
      ? fold("How this was measured", bullets([...image.measured.facts, ...image.measured.words]))
      : []),
  ];
}

function severalImages(report: Report, level: Level): readonly string[] {
  const shown = report.images.slice(0, level.images);
  const rest = report.images.length - shown.length;
  const isOnePlatform = shown.every(({ platform }) => platform === shown[0]?.platform);
  const platforms = <Cell>(cell: Cell): readonly Cell[] => (isOnePlatform ? [] : [cell]);
  return [
    `### ${emoji[report.verdict]} ${overviewOf(report)}`,
    table(
      ["image", ...platforms("platform"), "size", "change"],
      ["left", ...platforms("left" as const), "right", "right"],
      shown.map((image) => [
        `${emoji[image.verdict]} ${inCell(say`${image.name}`)}`,
        ...platforms(inCell(say`${image.platform}`)),
        sizeOf(image),
        changeOf(image),
      ]),
    ),
    ...(rest > 0
      ? [
          `and ${rest} more ${rest === 1 ? "image, not" : "images, none of them"} worse: the full report is in the run's files.`,
        ]
      : []),
    ...(report.policy.length === 0 ? [] : [policyList(report.policy)]),
    ...shown.flatMap((image) => oneOfSeveral(image, level)),
  ];
}

function oneOfSeveral(image: ImageReport, level: Level): readonly string[] {
  const headline = `${emoji[image.verdict]} ${inMarkdown(image.headline)}`;
  const blocks = imageBlocks(image, level);
  const isOpen = image.verdict === "fail" || image.verdict === "inconclusive";
  return isOpen ? [`#### ${headline}`, ...blocks] : fold(headline, blocks.join("\n\n"));
}

function folded(title: string, maxRows: number, content: () => string): readonly string[] {
  return maxRows === 0 ? [`${title}: left out to save space.`] : fold(title, content());
}

/** The empty lines make GitHub render the content as Markdown. */
function fold(title: string, content: string): readonly string[] {
  return [`<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`];
}

/** Renders which commit this is about, where its log is, and which check decides. */
function footerOf({ headCommit }: Audit, { runUrl, authority }: CommentOptions): readonly string[] {
  const parts = [
    ...(headCommit === null ? [] : [inMarkdown(say`${formatCommit(headCommit)}`)]),
    ...(runUrl === undefined ? [] : [`[log](${encodeURI(runUrl).replace(/[()]/g, encodeURIComponent)})`]),
    ...(!authority ? [] : [inMarkdown(say`the check ${authority} decides`)]),
  ];
  return parts.length === 0 ? [] : [`<sub>${parts.join(" · ")}</sub>`];
}
