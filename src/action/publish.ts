import { writeFile } from "node:fs/promises";
import * as core from "@actions/core";
import type { GithubApi } from "../github/api.ts";
import { commentMarker } from "../github/comment/marker.ts";
import { publishComment } from "../github/comment/publish.ts";
import type { Event } from "../github/event.ts";
import { writeSummary } from "../github/job-summary.ts";
import type { Inputs, ReportInputs } from "../inputs/inputs.ts";
import type { Audit } from "../policy/audit-record.ts";
import { isWorthSaying } from "../policy/worth-saying.ts";
import { harmlessLine } from "../process/harmless-line.ts";
import type { Annotation } from "../report/machine/annotations.ts";
import type { CommentOptions } from "../report/markdown/comment.ts";
import { markdownText } from "../report/text/escape.ts";
import type { Mask } from "../secrecy/mask.ts";
import type { Reports } from "./reports.ts";

/** Where the reports of a run go. */
export interface Destinations {
  /** null if not even the inputs of the report could be parsed */
  readonly inputs: Inputs | null;
  /** null if it could not be read */
  readonly event: Event | null;
  /** null if there is no token */
  readonly api: GithubApi | null;
  readonly env: NodeJS.ProcessEnv;
  /** paths for the report; null if no directory could be created */
  readonly files: { readonly report: string; readonly markdown: string } | null;
  /** for texts outside of the reports: answers of GitHub and of the system */
  readonly mask: Mask;
  readonly isCancelled: boolean;
}

/** The locations of what was published, for later steps. */
export interface Published {
  readonly report: string | null;
  readonly markdown: string | null;
  readonly commentUrl: string | null;
}

/**
 * Publishes what an audit found: files, annotations, summary, comment. Never throws and decides nothing: if
 * one of them cannot be written, the verdict stands, and one line in the log and in the summary says why.
 */
export async function publish(
  audit: Audit,
  reports: Reports,
  destinations: Destinations,
): Promise<Published> {
  annotate(reports.annotations);
  const report = await written(destinations.files?.report, reports.json);
  const markdown = await written(destinations.files?.markdown, reports.markdown);
  const noSummary = await writeSummary(destinations.env, reports.summary);
  const comment = await writeComment(audit, reports, destinations);
  for (const why of [report.remark, markdown.remark, noSummary, comment.remark]) {
    if (why === null) continue;
    const remark = destinations.mask.text(why);
    core.warning(harmlessLine(remark));
    if (why !== noSummary) await writeSummary(destinations.env, `\n> ⚠️ ${markdownText(remark)}\n`);
  }
  return { report: report.path, markdown: markdown.path, commentUrl: comment.url };
}

function annotate(annotations: readonly Annotation[]): void {
  for (const { level, title, message, file, line } of annotations) {
    const where = {
      title,
      ...(file === null ? {} : { file }),
      ...(line === null ? {} : { startLine: line }),
    };
    if (level === "error") core.error(message, where);
    else core.warning(message, where);
  }
}

async function written(
  path: string | undefined,
  text: string,
): Promise<{ readonly path: string | null; readonly remark: string | null }> {
  // The run's own error already says why there is no directory.
  if (path === undefined) return { path: null, remark: null };
  try {
    await writeFile(path, text);
    return { path, remark: null };
  } catch (error) {
    const { code = "for an unknown reason" } = error as NodeJS.ErrnoException;
    return { path: null, remark: `The report cannot be written to ${path} (${code}).` };
  }
}

async function writeComment(
  audit: Audit,
  { comment: body, shortComment: shortBody }: Reports,
  { inputs, event, api, env, isCancelled }: Destinations,
): Promise<{ readonly url: string | null; readonly remark: string | null }> {
  if (inputs === null || event?.kind !== "pull-request") return { url: null, remark: null };
  const wanted = wantedComment(audit, inputs.report);
  if (wanted === "none") return { url: null, remark: null };
  if (api === null) return { url: null, remark: "No comment was written, since github-token is empty." };
  const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  const marker = markerOf(inputs, env);
  // A cancelled run needs no new comment, but an existing one must not keep saying that all is well.
  const put = isCancelled ? "update-only" : wanted;
  return publishComment({ api, event, owner, repo, marker, body, shortBody, wanted: put });
}

/** Returns the options that the comment is rendered with. */
export function commentOptions(inputs: Inputs | null, env: NodeJS.ProcessEnv): CommentOptions {
  const marker = inputs === null ? {} : { marker: markerOf(inputs, env) };
  return { ...marker, runUrl: runUrlOf(env), authority: env["GITHUB_JOB"] ?? "" };
}

/** Makes the marker from the inputs, not from the audit: an unfinished audit has to find the same comment. */
function markerOf(
  { name, build: { context, file, target, platform }, report }: Inputs,
  env: NodeJS.ProcessEnv,
): string {
  return commentMarker({
    workflow: (env["GITHUB_WORKFLOW_REF"] ?? "").split("@")[0] ?? "",
    job: env["GITHUB_JOB"] ?? "",
    name: JSON.stringify([name, context, file, target]),
    platform: platform ?? "",
    key: report.commentKey,
  });
}

/** Decides about the comment. An existing one is always updated: it must not show a fixed problem. */
function wantedComment(audit: Audit, { comment, minChange }: ReportInputs): "write" | "update-only" | "none" {
  switch (comment) {
    case "never":
      return "none";
    case "always":
      return "write";
    case "on-failure":
      return audit.verdict === "fail" || audit.verdict === "inconclusive" ? "write" : "update-only";
    case "on-change":
      return isWorthSaying(audit, minChange) ? "write" : "update-only";
  }
}

function runUrlOf(env: NodeJS.ProcessEnv): string {
  return `${env["GITHUB_SERVER_URL"]}/${env["GITHUB_REPOSITORY"]}/actions/runs/${env["GITHUB_RUN_ID"]}`;
}
