import { createHash } from "node:crypto";

/** Hash of a blob as stored, or, as a diff ID, of a layer's uncompressed tar: `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

/** Whether a string from outside is a digest that we can verify. Only sha256 is: it is what registries and engines use. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}

/** The digest of bytes that are all at hand. */
export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** Where an OCI image layout has a blob (image-spec image-layout.md). */
export function blobPath(digest: Digest): string {
  return digest.replace("sha256:", "blobs/sha256/");
}
