/**
 * Reports whether a text consists of words, numbers and versions, such as `3.13-slim`, `linux/amd64` or
 * `ghcr.io/shop/base:2`. Only a bad secret looks like that, and every report is full of such words.
 */
export function isPlain(text: string): boolean {
  const parts = text.replace(digest, "").split(/[\s/.:@_=,+-]+/);
  return parts.every((part) => word.test(part) || short.test(part)) && countMixed(parts) <= maxMixed;
}

const digest = /\bsha256:[0-9a-f]{64}\b/g;
/** Long enough for dates without separators and for words, but not for passphrases without spaces. */
const word = /^(?:\d{0,14}|[a-z]{1,15}|[A-Z]{1,15}|[A-Z][a-z]{1,14})$/;
/** amd64, v2, el9, jdk21 */
const short = /^[A-Za-z0-9]{1,5}$/;
/** Text with more mixed parts is not plain: licence keys consist only of such parts. */
const maxMixed = 2;

function countMixed(parts: readonly string[]): number {
  return parts.filter((part) => !word.test(part)).length;
}

/** Reports whether a name, such as GIT_SHA or vcs-ref, makes a value a commit rather than a token. */
export function isCommit(name: string, value: string): boolean {
  return /(?:^|[_-])(?:sha|sha1|commit|rev|revision|ref)$/i.test(name) && /^[0-9a-f]{7,40}$/.test(value);
}

/** Reports whether a name is that of a secret: GITHUB_TOKEN, db-password, API_KEY. */
export function isNameOfSecret(name: string): boolean {
  return /(?:token|secret|password|passwd|passphrase|credentials?|apikey)$|(?:^|[_.-])(?:pass|pwd|pat|auth|key)$/i.test(
    name,
  );
}
