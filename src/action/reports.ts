import { exitOf, unfinishedAudit } from "../audit/exit-status.ts";
import type { Secrecy } from "../inputs/confidential.ts";
import type { Audit } from "../policy/audit-record.ts";
import { worst } from "../policy/finding.ts";
import { type Annotation, annotationsOf } from "../report/machine/annotations.ts";
import { renderJson } from "../report/machine/json.ts";
import { type CommentOptions, renderComment, renderShortComment } from "../report/markdown/comment.ts";
import { renderSummary } from "../report/markdown/summary.ts";
import { withoutMarkup } from "../report/text/escape.ts";
import type { Mask } from "../secrecy/mask.ts";
import { nothingIsOurs, withTextsMasked } from "../secrecy/texts.ts";

/** Every text that a run publishes of its audit, with nothing secret in it. */
export interface Reports {
  readonly json: string;
  readonly markdown: string;
  readonly summary: string;
  readonly comment: string;
  /** what is written where GitHub does not take the comment */
  readonly shortComment: string;
  readonly annotations: readonly Annotation[];
}

/**
 * Makes all reports: secrets are masked in what strangers wrote before anything is made of it, and looked for once more
 * in what was made.
 * @param options of the comment
 */
function makeReports(audit: Audit, { mask, last }: Secrecy, options: CommentOptions): Reports {
  const shown = withTextsMasked(audit, mask);
  return {
    // Value by value: a line of a secret file may look like one of the report's, which must stay JSON.
    json: renderJson(withTextsMasked(shown, last, nothingIsOurs)),
    markdown: searched(renderComment(shown, {}), last),
    summary: searched(renderSummary(shown), last),
    comment: searched(renderComment(shown, options), last),
    shortComment: searched(renderShortComment(shown, options), last),
    annotations: withTextsMasked(annotationsOf(shown), last),
  };
}

/** @throws Error where markup divides what a reader would see as a secret: no part of it can be masked by itself */
function searched(markdown: string, last: Mask): string {
  const masked = last.text(markdown);
  const read = withoutMarkup(masked);
  if (last.text(read) !== read) throw new Error("a secret stands in a report and cannot be masked there");
  return masked;
}

/**
 * An audit that cannot be told of is told of as one that could not be finished: an earlier run's comment must not stand
 * as if it were today's. What is over policy stays so.
 * @returns with `error`, what was thrown while the reports were made; null = nothing
 */
export function reportsOrUnfinished(
  audit: Audit,
  secrecy: Secrecy,
  options: CommentOptions,
): { readonly audit: Audit; readonly reports: Reports; readonly error: unknown } {
  try {
    return { audit, reports: makeReports(audit, secrecy, options), error: null };
  } catch (error) {
    const unfinished = unfinishedAudit(exitOf(error));
    const verdict = worst([audit.verdict, unfinished.verdict]);
    const reports = makeReports({ ...unfinished, verdict }, secrecy, options);
    return { audit: { ...audit, verdict }, reports, error };
  }
}
