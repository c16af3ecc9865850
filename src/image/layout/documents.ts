import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { Failure } from "../../failure.ts";
import { algorithmOf, blobPath, type Digest, digestOf } from "../../oci/digest.ts";
import { isAttachment } from "../documents/artifact.ts";
import { type Descriptor, kindOfDocument, parseIndex, parseManifest } from "../documents/manifest.ts";
import { isImageConfig, kindOf } from "../documents/media-type.ts";
import { verifyBlob } from "../documents/verify.ts";
import { limits } from "../limits.ts";

/**
 * Opens a file of a layout by its path, with `/` as the separator. Rejects with an error with the `code`
 * ENOENT if there is no such file.
 */
export type OpenFile = (path: string) => Promise<Readable>;

/** Loads the indexes, manifests and configs that the roots lead to. Leaves out those that are missing. */
export async function loadDocuments(
  open: OpenFile,
  roots: readonly Descriptor[],
): Promise<Map<Digest, Uint8Array>> {
  const documents = new Map<Digest, Uint8Array>();
  let size = 0;
  const load = async (descriptor: Descriptor, maxSize: number): Promise<Uint8Array | null> => {
    if (documents.has(descriptor.digest)) return null;
    const bytes = await readDocument(open, descriptor, maxSize);
    if (bytes === null) return null;
    documents.set(descriptor.digest, bytes);
    size += bytes.length;
    if (documents.size > 2 * limits.indexedManifests || size > limits.archiveMembers) throw tooMany();
    return bytes;
  };
  const follow = async (descriptor: Descriptor, depth: number): Promise<void> => {
    const { mediaType } = descriptor;
    if (depth > limits.indexDepth || isAttachment(descriptor) || !mayLead(mediaType)) return;
    const bytes = await load(descriptor, limits.manifest);
    if (bytes === null) return;
    const kind = kindOfDocument(bytes, mediaType);
    if (kind === "index")
      for (const child of parseIndex(bytes, mediaType || null)) await follow(child, depth + 1);
    if (kind !== "manifest") return;
    const { config } = parseManifest(bytes, mediaType || null);
    if (isImageConfig(config.mediaType)) await load(config, limits.config);
  };
  for (const root of roots) await follow(root, 0);
  return documents;
}

/**
 * Reports whether a descriptor may be of an index or a manifest. Without a media type, only its document
 * shows.
 */
function mayLead(mediaType: string): boolean {
  return mediaType === "" || kindOf(mediaType) === "index" || kindOf(mediaType) === "manifest";
}

async function readDocument(
  open: OpenFile,
  descriptor: Descriptor,
  maxSize: number,
): Promise<Uint8Array | null> {
  try {
    const bytes = await collect(await open(blobPath(descriptor.digest)), maxSize);
    verifyBlob(descriptor, { digest: digestOf(bytes, algorithmOf(descriptor.digest)), size: bytes.length });
    return bytes;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Reads a whole file. @param maxSize in bytes @throws Failure limit-exceeded */
export async function collect(stream: Readable, maxSize: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxSize)
      throw new Failure(
        "limit-exceeded",
        `A manifest, index or config of the image is over ${maxSize} bytes.`,
      );
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Reports whether opening failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function tooMany(): Failure {
  return new Failure(
    "limit-exceeded",
    `The image's indexes list over ${limits.indexedManifests} manifests, or over ${limits.archiveMembers} bytes of documents.`,
  );
}
