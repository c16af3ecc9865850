import { daysLeft, type Exception, isInForce } from "../exception.ts";
import type { PolicyRemark } from "../remark.ts";

/**
 * Says what became of exceptions.
 * @param used those that accepted something
 * @param today as YYYY-MM-DD
 */
export function exceptionRemarks(
  exceptions: readonly Exception[],
  used: ReadonlySet<Exception>,
  today: string,
): readonly PolicyRemark[] {
  return exceptions.map((exception) => {
    if (!isInForce(exception, today)) return { kind: "exception", state: "expired", exception };
    if (!used.has(exception)) return { kind: "exception", state: "unused", exception };
    const state = daysLeft(exception, today) <= soon ? "soon" : "used";
    return { kind: "exception", state, exception };
  });
}

/** In days. */
const soon = 14;
