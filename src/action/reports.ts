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

/** Every text that a run publishes about its audit, without secrets. */
export interface Reports {
  readonly json: string;
  readonly markdown: string;
  readonly summary: string;
  readonly comment: string;
  /** what is written if GitHub does not accept the comment */
  readonly shortComment: string;
  readonly annotations: readonly Annotation[];
}

/**
 * Makes all reports. Masks secrets in untrusted text first, and searches the finished reports once more.
 * @param options options of the comment
 */
function makeReports(audit: Audit, { mask, last }: Secrecy, options: CommentOptions): Reports {
  const shown = withTextsMasked(audit, mask);
  return {
    // Value by value: a line of a secret file may look like a line of the report, which must stay JSON.
    json: renderJson(withTextsMasked(shown, last, nothingIsOurs)),
    markdown: searched(renderComment(shown, {}), last),
    summary: searched(renderSummary(shown), last),
    comment: searched(renderComment(shown, options), last),
    shortComment: searched(renderShortComment(shown, options), last),
    annotations: withTextsMasked(annotationsOf(shown), last),
  };
}

/**
 * Masks the secrets in rendered Markdown.
 * @throws Error if markup splits what a reader would see as a secret: its parts cannot be masked alone
 */
function searched(markdown: string, last: Mask): string {
  const masked = last.text(markdown);
  const read = withoutMarkup(masked);
  if (last.text(read) !== read) throw new Error("a secret appears in a report and cannot be masked there");
  return masked;
}

/**
 * Makes all reports. An audit that cannot be reported is reported as unfinished, so that an earlier run's
 * comment does not seem current. If it is over policy, it stays so.
 * @returns `error` is what was thrown while the reports were made; null if nothing was
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
