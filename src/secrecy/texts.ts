import type { Mask } from "./mask.ts";

/**
 * Masks all untrusted text in a record. Texts that are ours by type are kept: a secret that happens to be
 * `pass` must not change a verdict. A value without anything to mask is returned as the same object.
 */
export function withTextsMasked<T>(value: T, mask: Mask, ours: ReadonlySet<string> = oursByType): T {
  return masked(value, mask, ours) as T;
}

/** For a mask that masks no words of our own. */
export const nothingIsOurs: ReadonlySet<string> = new Set();

function masked(value: unknown, mask: Mask, ours: ReadonlySet<string>): unknown {
  if (typeof value === "string") return mask.text(value);
  if (Array.isArray(value)) return maskedArray(value, mask, ours);
  if (typeof value !== "object" || value === null) return value;
  let changed: Record<string, unknown> | null = null;
  for (const [key, old] of Object.entries(value)) {
    const replacement = ours.has(key) ? old : masked(old, mask, ours);
    if (replacement === old) continue;
    changed ??= { ...value };
    changed[key] = replacement;
  }
  if (changed === null) return value;
  // The bytes of the path would reveal what is masked in its text.
  const { pathBase64: _, ...withoutBytes } = changed;
  return changed["path"] === (value as { readonly path?: unknown }).path ? changed : withoutBytes;
}

function maskedArray(values: readonly unknown[], mask: Mask, ours: ReadonlySet<string>): readonly unknown[] {
  let changed: unknown[] | null = null;
  for (const [index, old] of values.entries()) {
    const replacement = masked(old, mask, ours);
    if (replacement === old) continue;
    changed ??= [...values];
    changed[index] = replacement;
  }
  return changed ?? values;
}

/** Keys whose values are our own words, digests or commits, or repeat another key's value. */
const oursByType: ReadonlySet<string> = new Set([
  "baseCommit",
  "certainty",
  "class",
  "code",
  "configDigest",
  "diffId",
  "digest",
  "headCommit",
  "kind",
  "limit",
  "origin",
  "pathBase64",
  "reason",
  "rule",
  "softenedFrom",
  "tool",
  "type",
  "verdict",
]);
