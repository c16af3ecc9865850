import * as core from "@actions/core";
import type { Audit } from "./audit/judge.ts";
import { isWorthSaying } from "./audit/significance.ts";
import { harmlessLine } from "./docker/log.ts";
import type { GithubApi } from "./github/api.ts";
import type { Event } from "./github/event.ts";
import { commentMarker } from "./github/marker.ts";
import { publishComment } from "./github/publish.ts";
import { writeSummary } from "./github/summary.ts";
import type { Inputs, ReportInputs } from "./inputs.ts";
import type { OutputName } from "./options.ts";
import { annotationsOf } from "./report/annotations.ts";
import { renderComment } from "./report/comment.ts";
import { renderSummary } from "./report/summary.ts";

interface Publishing {
  readonly inputs: Inputs;
  readonly event: Event;
  readonly api: GithubApi | null;
  readonly env: NodeJS.ProcessEnv;
}

/**
 * Says what an audit found in GitHub's four places: summary, annotations, comment; outputs have a function of their own.
 * Nothing here decides: where a place is closed to us the verdict stands, and one line says why.
 * @returns the comment's address; null where none was written
 */
export async function publish(audit: Audit, publishing: Publishing): Promise<string | null> {
  const noSummary = await writeSummary(publishing.env, renderSummary(audit));
  annotate(audit);
  const { url, remark } = await comment(audit, publishing);
  for (const why of [noSummary, remark]) if (why !== null) core.warning(harmlessLine(why));
  return url;
}

function annotate(audit: Audit): void {
  for (const { level, title, message, file, line } of annotationsOf(audit)) {
    const where = {
      title,
      ...(file === null ? {} : { file }),
      ...(line === null ? {} : { startLine: line }),
    };
    if (level === "error") core.error(message, where);
    else core.warning(message, where);
  }
}

async function comment(
  audit: Audit,
  { inputs, event, api, env }: Publishing,
): Promise<{ readonly url: string | null; readonly remark: string | null }> {
  const wanted = wantedComment(audit, inputs.report);
  if (event.kind !== "pull-request" || wanted === "none") return { url: null, remark: null };
  if (api === null) return { url: null, remark: "There is no comment, since github-token is empty." };
  const [owner = "", repo = ""] = (env["GITHUB_REPOSITORY"] ?? "").split("/");
  const marker = commentMarker({
    workflow: (env["GITHUB_WORKFLOW_REF"] ?? "").split("@")[0] ?? "",
    job: env["GITHUB_JOB"] ?? "",
    // From the inputs, not from the audit: one that could not be finished has to find the same comment.
    name: nameOf(inputs),
    platform: inputs.build.platform ?? "",
    key: inputs.report.commentKey,
  });
  const body = renderComment(audit, { marker, runUrl: runUrlOf(env), authority: env["GITHUB_JOB"] ?? "" });
  return publishComment({ api, event, owner, repo, marker, body, wanted });
}

/** A comment that exists is always brought up to date: a problem that was fixed must not stand there as one. */
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

function nameOf({ name, build: { context, file, target } }: Inputs): string {
  return JSON.stringify([name, context, file, target]);
}

function runUrlOf(env: NodeJS.ProcessEnv): string {
  return `${env["GITHUB_SERVER_URL"]}/${env["GITHUB_REPOSITORY"]}/actions/runs/${env["GITHUB_RUN_ID"]}`;
}

/** Sets every output: enums, integers, digests and paths that we made, nothing that a stranger wrote. */
export function setOutputs(
  audit: Audit,
  files: { readonly report: string; readonly markdown: string; readonly commentUrl: string | null },
): void {
  for (const [name, value] of Object.entries(outputsOf(audit, files))) core.setOutput(name, value ?? "");
}

function outputsOf(
  { verdict, images }: Audit,
  { report, markdown, commentUrl }: { report: string; markdown: string; commentUrl: string | null },
): Record<OutputName, string | number | boolean | null> {
  const head = images[0]?.head;
  const change = images[0]?.comparison?.size;
  return {
    verdict,
    passed: verdict === "pass" || verdict === "warn",
    size: head?.size ?? null,
    "size-delta": change?.difference ?? null,
    "size-delta-percent": change?.percent?.toFixed(2) ?? null,
    "unpacked-size": head?.unpackedSize ?? null,
    "pull-size": head?.pullSize?.bytes ?? null,
    layers: head?.layers.length ?? null,
    stages: head?.stages?.reachable ?? null,
    shells: head?.shells.length ?? null,
    distroless: head?.distroless.verdict ?? null,
    digest: head?.digest ?? head?.configDigest ?? null,
    report,
    markdown,
    "comment-url": commentUrl,
  };
}
