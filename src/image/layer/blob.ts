import { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { type Digest, digestOf } from "../../oci/digest.ts";
import { limits } from "../limits.ts";
import { blockSize } from "../tar/header.ts";
import { looksLikeTar } from "../tar/tar.ts";
import { compressionOf } from "./compression.ts";
import { type LayerOptions, readLayer } from "./layer.ts";
import { peek } from "./peek.ts";
import type { LayerReading } from "./reading.ts";

/** A blob that was read before anything described it. */
export type ReadBlob =
  | { readonly kind: "layer"; readonly reading: LayerReading; readonly digest: Digest; readonly size: number }
  | { readonly kind: "document"; readonly bytes: Uint8Array; readonly digest: Digest };

/**
 * Reads a blob in one pass. Its first bytes decide what it is: a tar, gzip or zstd is a layer, everything
 * else is a document.
 * @throws Failure as readLayer does, and limit-exceeded for a document that is too large
 */
export async function readBlob(
  bytes: AsyncIterable<Uint8Array>,
  options: LayerOptions = {},
): Promise<ReadBlob> {
  const { start, all } = await peek(bytes, blockSize);
  // An empty blob is a tar without members, not a document.
  if (compressionOf(start) !== "none" || looksLikeTar(start) || start.length === 0) {
    const { reading, blob } = await readLayer(all, options);
    return { kind: "layer", reading, ...blob };
  }
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of all) {
    size += chunk.length;
    if (size > limits.archiveMember) throw tooLarge();
    // Copied: chunks are views that the stream may reuse.
    chunks.push(Buffer.from(chunk));
  }
  const document = Buffer.concat(chunks);
  return { kind: "document", bytes: document, digest: digestOf(document, options.algorithm) };
}

function tooLarge(): Failure {
  return new Failure(
    "limit-exceeded",
    "A blob that is not a layer is larger than any honest image's manifest or config.",
  );
}
