/**
 * Whether a text is nothing but words, numbers and versions, such as `3.13-slim`, `linux/amd64` or
 * `ghcr.io/shop/base:2`. Nobody's secret looks like it unless it is a bad one, and every report is full of such words.
 */
export function isPlain(text: string): boolean {
  const parts = text.replace(digest, "").split(/[\s/.:@_=,+-]+/);
  return parts.every((part) => word.test(part) || short.test(part)) && mixed(parts) <= mostMixed;
}

const digest = /\bsha256:[0-9a-f]{64}\b/g;
/** The longest are those of dates without separators, and of words that are no sentence in disguise. */
const word = /^(?:\d{0,14}|[a-z]{1,15}|[A-Z]{1,15}|[A-Z][a-z]{1,14})$/;
/** amd64, v2, el9, jdk21 */
const short = /^[A-Za-z0-9]{1,5}$/;
/** Licence keys are made of nothing but such parts. */
const mostMixed = 2;

function mixed(parts: readonly string[]): number {
  return parts.filter((part) => !word.test(part)).length;
}

/** Whether what has this name is a commit, and no token that looks like one: GIT_SHA, vcs-ref. */
export function isCommit(name: string, value: string): boolean {
  return /(?:^|[_-])(?:sha|sha1|commit|rev|revision|ref)$/i.test(name) && /^[0-9a-f]{7,40}$/.test(value);
}

/** Whether what has this name is a secret whatever it looks like: GITHUB_TOKEN, db-password, API_KEY. */
export function isNameOfSecret(name: string): boolean {
  return /(?:token|secret|password|passwd|passphrase|credentials?|apikey)$|(?:^|[_.-])(?:pass|pwd|pat|auth|key)$/i.test(
    name,
  );
}
