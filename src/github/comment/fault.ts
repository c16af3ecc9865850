import { ValiError } from "valibot";
import { harmlessLine } from "../../process/harmless-line.ts";
import type { PullRequestEvent } from "../event.ts";

/** One sentence on why there is no comment, and what to do if anything; text of the API's made harmless. */
export function remarkOnFault(error: unknown, event: PullRequestEvent): string {
  return `There is no up-to-date comment: ${reasonOf(error as ApiFault, event)} The report is in the job summary.`;
}

/** The same on why the comment is shorter than the report. */
export function remarkOnShortForm(error: unknown, event: PullRequestEvent): string {
  return `The comment tells the verdict alone: ${reasonOf(error as ApiFault, event)} The report is in the job summary.`;
}

/** Octokit's `RequestError`, or whatever else was thrown. Status 500 without a response: none arrived. */
interface ApiFault {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly response?: { readonly headers: Readonly<Record<string, string | undefined>> };
}

function reasonOf(fault: ApiFault, event: PullRequestEvent): string {
  const { status, response } = fault;
  if (fault instanceof ValiError) return "GitHub's API gave an answer that cannot be understood.";
  if (status === undefined) return `${said(fault)}.`;
  if (response === undefined) return unreached(fault);
  if (isRateLimit(fault))
    return "GitHub's API has had too many requests and asks to wait for longer than a minute.";
  if (status === 401) return "GitHub's API does not accept the token; check the input `github-token`.";
  if (status === 403) return forbidden(fault, event);
  if (status === 404 || status === 410) return "GitHub's API shows this token no such pull request.";
  if (status >= 500) return `GitHub's API answered with status ${status}.`;
  return `GitHub's API answered with status ${status}: ${said(fault)}.`;
}

function unreached({ cause }: ApiFault): string {
  const isTimeout = cause instanceof Error && cause.name === "TimeoutError";
  return isTimeout ? "GitHub's API did not answer in time." : "GitHub's API could not be reached.";
}

function isRateLimit({ status, response }: ApiFault): boolean {
  const headers = response?.headers ?? {};
  return status === 429 || headers["retry-after"] !== undefined || headers["x-ratelimit-remaining"] === "0";
}

function forbidden(fault: ApiFault, event: PullRequestEvent): string {
  if (/\blocked\b/i.test(fault.message ?? "")) return "the pull request's conversation is locked.";
  if (event.isFork) return "the token of a workflow that runs for a fork's pull request can only read.";
  if (event.headRef.startsWith("dependabot/")) {
    return "the token of a workflow that runs for Dependabot's pull request can only read.";
  }
  const accepted = fault.response?.headers["x-accepted-github-permissions"] ?? "pull_requests=write";
  return `the token lacks a permission (GitHub would accept ${harmlessLine(accepted)}); give the job \`permissions: pull-requests: write\`.`;
}

function said({ message }: ApiFault): string {
  return harmlessLine((message ?? "it gave no reason").slice(0, 200)).replace(/\.$/, "");
}
