/** A private key in a text: whether a password protects it. */
export type PrivateKey = "private-key" | "encrypted-private-key";

/**
 * Finds a private key in PEM (RFC 7468), in the formats of OpenSSL, OpenSSH and OpenPGP, or in PuTTY's. The text must
 * hold key data: a mention of the format is none. Returns an unprotected key first, and null if there is no key.
 */
export function privateKeyIn(text: string): PrivateKey | null {
  if (/^PuTTY-User-Key-File-\d/.test(text)) {
    return /\nEncryption: none\r?\n/.test(text) ? "private-key" : "encrypted-private-key";
  }
  let found: PrivateKey | null = null;
  for (let at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + begin.length)) {
    const kind = keyAt(text, at);
    if (kind === "private-key") return kind;
    found ??= kind;
  }
  return found;
}

const begin = "-----BEGIN ";

/** Characters of a label, of headers, and of key data that are looked at. */
const maxLabel = 60;
const maxData = 2000;

function keyAt(text: string, at: number): PrivateKey | null {
  if (at > 0 && !/[\s"'`]/.test(text[at - 1] ?? "")) return null;
  const [, label = ""] = /^-----BEGIN ([A-Z0-9 ]{1,40})-----/.exec(text.slice(at, at + maxLabel)) ?? [];
  if (!/(?:^|[A-Z0-9] )PRIVATE KEY(?: BLOCK)?$/.test(label)) return null;
  const start = at + begin.length + label.length + "-----".length;
  // In JSON and in .env files, line ends are escaped.
  const lines = text.slice(start, start + maxData).split(/\r?\n|\\r?\\n|\\n/);
  const data = lines.map((line) => line.trim()).filter((line) => /^[A-Za-z0-9+/=]{16,}$/.test(line));
  if (data.join("").length < minData) return null;
  const isOpenSsh = label.startsWith("OPENSSH");
  const isProtected =
    label.startsWith("ENCRYPTED") ||
    lines.some((line) => /^Proc-Type:\s*4,ENCRYPTED/.test(line)) ||
    (isOpenSsh && !data[0]?.startsWith(openSshWithoutCipher));
  return isProtected ? "encrypted-private-key" : "private-key";
}

/** Base64 characters: an Ed25519 key in PKCS #8 has 64. */
const minData = 40;

/** In base64: the magic `openssh-key-v1` and the cipher's name `none` (OpenSSH's PROTOCOL.key). */
const openSshWithoutCipher = "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU";
