/**
 * A limit on a growth or a size: bytes, percent of the base, or both. `and` is breached only when both parts are,
 * `or` when either is.
 */
export type Limit =
  | { readonly kind: "bytes"; readonly bytes: number }
  | { readonly kind: "percent"; readonly percent: number }
  | { readonly kind: "and" | "or"; readonly percent: number; readonly bytes: number };
