import { Failure } from "../failure.ts";
import type { Audit } from "../policy/audit-record.ts";
import type { Verdict } from "../policy/finding.ts";
import { isSystemError, systemMeaning } from "../process/system-error.ts";
import type { Mask } from "../secrecy/mask.ts";
import { tool } from "./tool.ts";

/** Exit status: 0 passed, 1 over policy (a clean report), 2 inconclusive or wrong usage, 3 our bug. */
export const statusOfVerdict: Readonly<Record<Verdict, 0 | 1 | 2>> = {
  pass: 0,
  warn: 0,
  fail: 1,
  inconclusive: 2,
};

/** How a run that threw ends. A Failure has a message for users; anything else is a bug with a stack. */
export interface Exit {
  readonly status: 2 | 3;
  readonly code: string;
  readonly message: string;
  readonly stack: string | null;
}

export function exitOf(error: unknown): Exit {
  if (error instanceof Failure) return { status: 2, code: error.code, message: error.message, stack: null };
  // An error of the system is not our bug, wherever it was thrown.
  if (isSystemError(error))
    return { status: 2, code: "file-failed", message: systemMeaning(error), stack: null };
  const thrown = error instanceof Error ? error : new Error(String(error));
  return {
    status: 3,
    code: "bug",
    message: `This is a bug in Image Audit, please report it: ${thrown.message}`,
    stack: thrown.stack ?? null,
  };
}

/** Masks secrets in what was thrown: a message may quote the output of a build or a command. */
export function maskedError(error: unknown, mask: Mask): unknown {
  if (!(error instanceof Error)) return typeof error === "string" ? mask.text(error) : error;
  error.message = mask.text(error.message);
  if (error.stack !== undefined) error.stack = mask.text(error.stack);
  // The message of a system error is made from its path.
  if ("path" in error && typeof error.path === "string") error.path = mask.text(error.path);
  return error;
}

/** Makes the report of an audit that ended early: whatever was not computed is inconclusive. */
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
