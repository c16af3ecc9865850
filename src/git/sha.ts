/** A full object name: 40 or, for SHA-256, 64 lower-case hex digits. Git is given no other form of commit. */
export type Sha = string & { readonly sha: unique symbol };

export function isSha(text: unknown): text is Sha {
  return typeof text === "string" && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(text);
}

/** Reports whether a name is all zeros, as `before` is for a new branch. */
export function isZero(sha: string): boolean {
  return /^0+$/.test(sha);
}
