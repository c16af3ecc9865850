import { hasNewGitDirectory, startsOtherwise } from "../compare/runtime.ts";
import { attributable } from "./attributable.ts";
import type { Audit, AuditedImage } from "./audit-record.ts";
import { breaches, type Limit } from "./limit.ts";

/** What `min-change` is unless it is set. */
export const defaultMinChange: Limit = { kind: "or", bytes: 100_000, percent: 0.5 };

/**
 * Whether a pull request is worth a new comment: a verdict other than pass, or a change that is the author's and that
 * somebody would want to hear of. Drift alone is none, nor is a base image that moved. A comment that is there already
 * is brought up to date whatever this says, so that a verdict that changed shows.
 */
export function isWorthSaying(audit: Audit, minChange: Limit): boolean {
  if (audit.verdict !== "pass" || audit.error !== undefined) return true;
  return audit.images.some((image) => isChanged(image, minChange));
}

/** Whether the pull request changes something about the image that people care for. */
export function isChanged({ head, base, comparison, baseMissing }: AuditedImage, minChange: Limit): boolean {
  if (comparison === null || base === null) return baseMissing?.reason !== "not-asked";
  const { size, shells, packageManagers, baseImage, stages } = comparison;
  return (
    breaches(minChange, { difference: Math.abs(attributable(comparison)), base: size.base ?? 0 }) ||
    [shells, packageManagers].some(({ appeared, gone }) => appeared.length + gone.length > 0) ||
    baseImage.kind === "changed" ||
    startsOtherwise(head, base) ||
    hasNewGitDirectory(head, base) ||
    [stages.declared, stages.reachable].some(({ difference }) => difference !== null && difference !== 0)
  );
}
