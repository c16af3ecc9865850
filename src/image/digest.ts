/** Hash of a blob as stored, or, as a diff ID, of a layer's uncompressed tar: `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`;

/** Whether a string from outside is a digest that we can verify. Only sha256 is: it is what registries and engines use. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === "string" && /^sha256:[0-9a-f]{64}$/.test(text);
}
