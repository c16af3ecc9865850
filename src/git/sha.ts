/** A full object name: 40 lower-case hex digits, or 64 in a SHA-256 repository. Nothing else is ever given to git as a commit. */
export type Sha = string & { readonly sha: unique symbol };

export function isSha(text: unknown): text is Sha {
  return typeof text === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}

/** What `before` holds where a branch is new: a name of nothing. */
export function isZero(sha: string): boolean {
  return /^0+$/.test(sha);
}
