import type { Exception } from "./exception.ts";
import type { PolicyKey } from "./keys.ts";

/** Something about the policy that readers of a report should know. */
export type PolicyRemark =
  /** the change sets a key otherwise; what is stricter counts already */
  | {
      readonly kind: "setting";
      readonly key: PolicyKey;
      /** as written; null: not set */
      readonly before: string | null;
      readonly after: string | null;
      readonly counts: boolean;
    }
  /** the change wants another image to be built; the policy's counts until the merge */
  | {
      readonly kind: "image";
      readonly key: ImageKey;
      readonly before: string | null;
      readonly after: string | null;
    }
  /** the change edits a file that decides about the audit */
  | { readonly kind: "file"; readonly path: string; readonly role: FileRole }
  | { readonly kind: "exception"; readonly state: ExceptionState; readonly exception: Exception };

export type ImageKey = "context" | "file" | "target" | "platforms";

export type FileRole = "policy" | "workflow" | "ignore-file" | "owners" | "builder-policy";

/**
 * `proposed`: takes effect after the merge; `used`: it accepts something; `unused`: it matches nothing; `soon`: it
 * expires within two weeks; `expired`: it no longer counts
 */
export type ExceptionState = "proposed" | "used" | "unused" | "soon" | "expired";
