import { hasNewGitDirectory, startsOtherwise } from "../compare/runtime.ts";
import type { Inspection } from "../inspect/inspection.ts";
import { attributable } from "./attributable.ts";
import type { Audit, AuditedImage } from "./audit-record.ts";
import { breaches, type Limit } from "./limit.ts";
import { secretsOf } from "./rules/no-secrets.ts";
import { setuidFiles } from "./rules/no-setuid.ts";

/**
 * Reports whether a pull request is worth a new comment: its verdict is not pass, or its author changed
 * something that readers want to know about. Drift alone does not count, nor does a base image that moved. An
 * existing comment is updated in any case, so that a changed verdict shows.
 */
export function isWorthSaying(audit: Audit, minChange: Limit): boolean {
  if (audit.verdict !== "pass" || audit.error !== undefined) return true;
  // Exceptions are the same in every pull request.
  if (audit.policy?.remarks.some(({ kind }) => kind !== "exception")) return true;
  return audit.images.some((image) => isChanged(image, minChange));
}

/** Reports whether the pull request changes something about the image that readers care about. */
export function isChanged({ head, base, comparison, baseMissing }: AuditedImage, minChange: Limit): boolean {
  if (comparison === null || base === null) return baseMissing?.reason !== "not-asked";
  const { size, shells, packageManagers, baseImage, stages } = comparison;
  return (
    breaches(minChange, { difference: Math.abs(attributable(comparison)), base: size.base ?? 0 }) ||
    [shells, packageManagers].some(({ appeared, gone }) => appeared.length + gone.length > 0) ||
    baseImage.kind === "changed" ||
    (head.start.verdict === "no") !== (base.start.verdict === "no") ||
    startsOtherwise(head, base) ||
    hasNewGitDirectory(head, base) ||
    hasMore(secretsOf, head, base) ||
    hasMore(setuidFiles, head, base) ||
    [stages.declared, stages.reachable].some(({ difference }) => difference !== null && difference !== 0)
  );
}

/** Reports whether the head has a file of a kind where the base has none. */
function hasMore(
  of: (image: Inspection) => readonly { readonly path: string }[],
  head: Inspection,
  base: Inspection,
): boolean {
  const before = new Set(of(base).map(({ path }) => path));
  return of(head).some(({ path }) => !before.has(path));
}
