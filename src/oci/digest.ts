import { createHash } from "node:crypto";

/**
 * The hash algorithms that image-spec registers (descriptor.md, "Registered Algorithms") and Node supports.
 */
export type Algorithm = "sha256" | "sha512";

/**
 * The hash of a blob as stored, or, as a diff ID, of a layer's uncompressed tar: `sha256:` and 64 lower-case
 * hex digits, or `sha512:` and 128.
 */
export type Digest = `${Algorithm}:${string}`;

/** Reports whether a value from outside is a digest that we can verify. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

export function algorithmOf(digest: Digest): Algorithm {
  return digest.startsWith("sha512:") ? "sha512" : "sha256";
}

/** Returns the digest of bytes that are in memory. */
export function digestOf(bytes: Uint8Array, algorithm: Algorithm = "sha256"): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

/** Reports whether it is the digest of zero bytes: a layer without members may be empty. */
export function isOfNothing(digest: Digest): boolean {
  return digest === digestOf(new Uint8Array(), algorithmOf(digest));
}

/** Returns the path of a blob in an OCI image layout (image-spec image-layout.md). */
export function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}

/** Returns the digest of the blob at a path in a layout; null if the path is not a blob's. */
export function digestAt(path: string): Digest | null {
  const digest = path.replace(/^blobs\/([^/]+)\//, "$1:");
  return isDigest(digest) ? digest : null;
}
