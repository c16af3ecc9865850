import { comparing } from "../compare/compare.ts";
import { measuringPaths } from "../inspect/path-sizes.ts";
import type { AuditedImage } from "../policy/audit-record.ts";
import type { Exception } from "../policy/exception.ts";
import { judge } from "../policy/judge.ts";
import { pathMatchers } from "../policy/path-matchers.ts";
import type { Policy } from "../policy/policy.ts";
import { inTurns } from "../process/in-turns.ts";
import type { InspectedImage } from "./inspect-sides.ts";
import { isMissing, type Sides } from "./side.ts";

/**
 * Compares and judges the two sides of one image.
 * @param used receives the exceptions that matched something
 * @throws Failure cancelled
 */
export async function auditImage(
  { name, dockerfile }: { readonly name: string; readonly dockerfile: string | null },
  { head, base }: Sides<InspectedImage>,
  { policies, used }: { readonly policies: readonly Policy[]; readonly used: Set<Exception> },
  signal: AbortSignal | undefined,
): Promise<AuditedImage> {
  const matchers = pathMatchers(policies);
  const sizes = await inTurns(measuringPaths(head.filesystem, matchers), signal);
  const pathSizes = sizes.length === 0 ? {} : { pathSizes: sizes };
  const compared = isMissing(base)
    ? { head: head.inspection, base: null, baseMissing: base, comparison: null }
    : {
        head: head.inspection,
        base: base.inspection,
        baseMissing: null,
        comparison: await inTurns(comparing(head, base), signal),
      };
  const subject = { ...compared, ...pathSizes };
  return {
    name,
    platform: head.inspection.platform,
    dockerfile,
    ...subject,
    ...judge(subject, policies, used),
  };
}
