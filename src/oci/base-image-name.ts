/** A normalised reference as people write it: docker.io/library/golang:1.24 is golang:1.24. */
export function familiarName(resolved: string): string {
  const name = resolved.replace(/^docker\.io\/(?:library\/)?/, "");
  return name.replace(/@sha256:([0-9a-f]{12})[0-9a-f]{52}$/, "@sha256:$1…");
}

/** Whether a reference always names the same bytes. */
export function isPinned(resolved: string): boolean {
  return resolved === "scratch" || /@sha256:[0-9a-f]{64}$/.test(resolved);
}
