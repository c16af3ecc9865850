import { createHash } from "node:crypto";

/** The hashes that image-spec registers for blobs (descriptor.md, "Registered Algorithms") and Node computes. */
export type Algorithm = "sha256" | "sha512";

/** Hash of a blob as stored, or, as a diff ID, of a layer's uncompressed tar: `sha256:` and 64 lower-case hex digits, or `sha512:` and 128. */
export type Digest = `${Algorithm}:${string}`;

/** Whether a string from outside is a digest that we can verify. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/.test(text);
}

export function algorithmOf(digest: Digest): Algorithm {
  return digest.startsWith("sha512:") ? "sha512" : "sha256";
}

/** The digest of bytes that are all at hand. */
export function digestOf(bytes: Uint8Array, algorithm: Algorithm = "sha256"): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest("hex")}`;
}

/** Whether it is of nothing: a layer without members need have no bytes. */
export function isOfNothing(digest: Digest): boolean {
  return digest === digestOf(new Uint8Array(), algorithmOf(digest));
}

/** Where an OCI image layout has a blob (image-spec image-layout.md). */
export function blobPath(digest: Digest): string {
  return `blobs/${digest.replace(":", "/")}`;
}

/** The digest that a blob has by its place in a layout; null: that is no place for a blob. */
export function digestAt(path: string): Digest | null {
  const digest = path.replace(/^blobs\/([^/]+)\//, "$1:");
  return isDigest(digest) ? digest : null;
}
