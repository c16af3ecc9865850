import type { Subject, Verdict } from "./finding.ts";
import type { PolicyRemark } from "./remark.ts";
import type { Finding } from "./rules/rules.ts";
import type { PolicySource } from "./source.ts";

export interface AuditedImage extends Subject {
  readonly name: string;
  readonly platform: string;
  /** path of the head's Dockerfile in the repository, with `/`; absent if unknown */
  readonly dockerfile?: string | null;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** What the images were judged by. */
export interface AuditPolicy {
  readonly sources: readonly PolicySource[];
  readonly remarks: readonly PolicyRemark[];
}

/** The report of an audit as data (schema/audit.schema.json). Everything that people see is made from it. */
export interface Audit {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "image-audit"; readonly version: string };
  readonly verdict: Verdict;
  /** the two commits; null if git was not involved */
  readonly headCommit: string | null;
  readonly baseCommit: string | null;
  /** short name of the base branch, such as main; null if images were compared by name */
  readonly baseName: string | null;
  /** absent if no repository was audited */
  readonly policy?: AuditPolicy;
  readonly images: readonly AuditedImage[];
  /** remarks for readers on how this was measured */
  readonly notes: readonly string[];
  /** set if the audit ended early; the verdict is then inconclusive */
  readonly error?: { readonly code: string; readonly message: string };
}
