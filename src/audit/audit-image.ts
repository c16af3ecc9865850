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
 * @returns the image, and the exceptions that matched something
 * @throws Failure cancelled
 */
export async function auditImage(
  { name, dockerfile }: { readonly name: string; readonly dockerfile: string | null },
  { head, base }: Sides<InspectedImage>,
  policies: readonly Policy[],
  signal: AbortSignal | undefined,
): Promise<{ readonly image: AuditedImage; readonly used: ReadonlySet<Exception> }> {
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
  const { used, ...judgement } = judge(subject, policies);
  const image = { name, platform: head.inspection.platform, dockerfile, ...subject, ...judgement };
  return { image, used };
}
