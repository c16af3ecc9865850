import { Buffer } from "node:buffer";
import type { Readable } from "node:stream";
import { Failure } from "../failure.ts";
import { isAttachment } from "./choose.ts";
import { blobPath, type Digest, digestOf } from "./digest.ts";
import { limits } from "./limits.ts";
import { type Descriptor, parseIndex, parseManifest } from "./manifest.ts";
import { kindOf } from "./media-type.ts";
import { verifyBlob } from "./verify.ts";

/**
 * Opens a file of a layout by its path, slashes between; rejects with an error whose `code` is ENOENT where it is not
 * there.
 */
export type OpenFile = (path: string) => Promise<Readable>;

/** Loads the indexes, manifests and configs that the roots lead to; those that are not there are left out. */
export async function loadDocuments(
  open: OpenFile,
  roots: readonly Descriptor[],
): Promise<Map<Digest, Uint8Array>> {
  const documents = new Map<Digest, Uint8Array>();
  const load = async (descriptor: Descriptor, depth: number): Promise<void> => {
    if (depth > limits.indexDepth || isAttachment(descriptor) || documents.has(descriptor.digest)) return;
    const kind = kindOf(descriptor.mediaType);
    if (kind !== "index" && kind !== "manifest" && kind !== "config") return;
    const bytes = await readDocument(open, descriptor, kind === "config" ? limits.config : limits.manifest);
    if (bytes === null) return;
    documents.set(descriptor.digest, bytes);
    if (documents.size > 2 * limits.indexedManifests) throw tooMany();
    if (kind === "index")
      for (const child of parseIndex(bytes, descriptor.mediaType)) await load(child, depth + 1);
    if (kind === "manifest") await load(parseManifest(bytes, descriptor.mediaType).config, depth + 1);
  };
  for (const root of roots) await load(root, 0);
  return documents;
}

async function readDocument(
  open: OpenFile,
  descriptor: Descriptor,
  most: number,
): Promise<Uint8Array | null> {
  try {
    const bytes = await collect(await open(blobPath(descriptor.digest)), most);
    verifyBlob(descriptor, { digest: digestOf(bytes), size: bytes.length });
    return bytes;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** A whole file, of at most so many bytes. */
export async function collect(stream: Readable, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most)
      throw new Failure("limit-exceeded", `A manifest, index or config of the image is over ${most} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Whether opening failed because there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

function tooMany(): Failure {
  return new Failure("limit-exceeded", `The image's indexes list over ${limits.indexedManifests} manifests.`);
}
