import type { Subject, Verdict } from "./finding.ts";
import type { Finding } from "./rules/rules.ts";

export interface AuditedImage extends Subject {
  readonly name: string;
  readonly platform: string;
  /** path of the head's Dockerfile in the repository, with `/`; absent where none is known */
  readonly dockerfile?: string | null;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
}

/** The report of an audit, as data: described by schema/audit.schema.json. Everything that people see is made from it. */
export interface Audit {
  readonly schemaVersion: 1;
  readonly tool: { readonly name: "image-audit"; readonly version: string };
  readonly verdict: Verdict;
  /** the two commits, where git was involved */
  readonly headCommit: string | null;
  readonly baseCommit: string | null;
  /** the base branch's name as people know it, such as main; null where images were compared by name */
  readonly baseName: string | null;
  readonly images: readonly AuditedImage[];
  /** remarks on how this was measured, in words for people */
  readonly notes: readonly string[];
  /** set where the audit ended early; verdict is then inconclusive */
  readonly error?: { readonly code: string; readonly message: string };
}
