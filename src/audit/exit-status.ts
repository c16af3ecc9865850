import { Failure } from "../failure.ts";
import type { Audit } from "../policy/audit-record.ts";
import type { Verdict } from "../policy/finding.ts";
import { isSystemError, systemMeaning } from "../process/system-error.ts";
import type { Mask } from "../secrecy/mask.ts";
import { tool } from "./tool.ts";

/** Exit status: 0 passed, 1 over policy (a clean report), 2 inconclusive or wrong usage, 3 a bug of ours. */
export const statusOfVerdict: Readonly<Record<Verdict, 0 | 1 | 2>> = {
  pass: 0,
  warn: 0,
  fail: 1,
  inconclusive: 2,
};

/** How a run that threw ends. A Failure is one sentence; anything else is our bug and keeps its stack. */
export interface Exit {
  readonly status: 2 | 3;
  readonly code: string;
  readonly message: string;
  readonly stack: string | null;
}

export function exitOf(error: unknown): Exit {
  if (error instanceof Failure) return { status: 2, code: error.code, message: error.message, stack: null };
  // What the system refuses is the world's, wherever it came from.
  if (isSystemError(error))
    return { status: 2, code: "file-failed", message: systemMeaning(error), stack: null };
  const thrown = error instanceof Error ? error : new Error(String(error));
  return {
    status: 3,
    code: "bug",
    message: `This is a bug of Image Audit's, please report it: ${thrown.message}`,
    stack: thrown.stack ?? null,
  };
}

/** What was thrown, without what must not be shown: a message may quote what a build or a command wrote. */
export function maskedError(error: unknown, mask: Mask): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? mask.text(error) : error;
  error.message = mask.text(error.message);
  if (error.stack !== undefined) error.stack = mask.text(error.stack);
  // A system error is told by the file that it is of.
  if ("path" in error && typeof error.path === "string") error.path = mask.text(error.path);
  return error;
}

/** The report of an audit that ended early: whatever was not computed is inconclusive. */
export function unfinishedAudit(exit: Exit): Audit {
  return {
    schemaVersion: 1,
    tool,
    verdict: "inconclusive",
    headCommit: null,
    baseCommit: null,
    baseName: null,
    images: [],
    notes: [],
    error: { code: exit.code, message: exit.message },
  };
}
