import { ValiError } from "valibot";
import { harmlessLine } from "../../process/harmless-line.ts";
import type { PullRequestEvent } from "../event.ts";

/**
 * Returns a remark on why the comment could not be written, and what to do. Text from the API is sanitized.
 */
export function remarkOnFault(error: unknown, event: PullRequestEvent): string {
  return `The pull request comment could not be written: ${reasonOf(error as ApiFault, event)} The report is in the job summary.`;
}

/** Returns a remark on why the comment is shorter than the report. */
export function remarkOnShortForm(error: unknown, event: PullRequestEvent): string {
  return `The pull request comment shows only the verdict: ${reasonOf(error as ApiFault, event)} The report is in the job summary.`;
}

/** Octokit's `RequestError`, or any other error. Status 500 without a response means that none arrived. */
interface ApiFault {
  readonly status?: number;
  readonly message?: string;
  readonly cause?: unknown;
  readonly response?: { readonly headers: Readonly<Record<string, string | undefined>> };
}

function reasonOf(fault: ApiFault, event: PullRequestEvent): string {
  const { status, response } = fault;
  if (fault instanceof ValiError) return "GitHub's API returned an unexpected response.";
  if (status === undefined) return `${messageOf(fault)}.`;
  if (response === undefined) return unreached(fault);
  if (isRateLimit(fault))
    return "GitHub's API received too many requests and asks to wait longer than a minute.";
  if (status === 401) return "GitHub's API does not accept the token. Check the input `github-token`.";
  if (status === 403) return forbidden(fault, event);
  if (status === 404 || status === 410) return "GitHub's API reports no such pull request for this token.";
  if (status >= 500) return `GitHub's API returned status ${status}.`;
  return `GitHub's API returned status ${status}: ${messageOf(fault)}.`;
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
  if (event.isFork) return "the token is read-only in a workflow for a fork's pull request.";
  if (event.headRef.startsWith("dependabot/")) {
    return "the token is read-only in a workflow for Dependabot's pull request.";
  }
  const accepted = fault.response?.headers["x-accepted-github-permissions"] ?? "pull_requests=write";
  return `the token lacks a permission (GitHub accepts ${harmlessLine(accepted)}). Give the job \`permissions: pull-requests: write\`.`;
}

function messageOf({ message }: ApiFault): string {
  return harmlessLine((message ?? "no reason given").slice(0, 200)).replace(/\.$/, "");
}
