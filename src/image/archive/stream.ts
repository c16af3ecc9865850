import type { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { compressionOf, decompress } from "../layer/compression.ts";
import { peek } from "../layer/peek.ts";
import { blockSize } from "../tar/header.ts";
import { looksLikeTar } from "../tar/tar.ts";

/**
 * Returns the tar of an archive, decompressed. Recognises files that people mistake for archives by their
 * first bytes.
 * @throws Failure image-unsupported, archive-truncated, and what `decompress` throws
 */
export async function* tarOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const { start, all } = await peek(decompress(bytes), blockSize);
  if (!looksLikeTar(start)) throw noTar(start);
  yield* all;
}

function noTar(start: Buffer): Failure {
  if (start.length === 0) return new Failure("archive-truncated", "It is empty.");
  const compression = compressionOf(start);
  if (compression !== "none")
    return unsupported(`It is compressed twice, with ${compression} inside. Decompress it once.`);
  const what = kindOfFile(start.toString("latin1"));
  if (what !== null) return unsupported(what);
  if (start.length < blockSize)
    return new Failure("archive-truncated", "It ends within the first member of an archive.");
  return unsupported("It is not a tar, compressed or not. Create an archive with docker save.");
}

/**
 * Says what a file is, by its first bytes as latin1, and what to specify instead. Returns null if unknown.
 */
function kindOfFile(start: string): string | null {
  if (start.startsWith("PK")) return "It is a zip file. Create an archive with docker save.";
  if (start.startsWith("\x7fELF"))
    return "It is a program. Specify an image, or an archive from docker save.";
  if (!/^[\t\n\r -~\x80-\xff]*$/.test(start)) return null;
  if (/^\s*[{[]/.test(start)) return "It is JSON. Specify the directory or the archive that it belongs to.";
  if (/^[ \t]*(?:FROM|ARG)[ \t]/im.test(start)) return "It is a Dockerfile. Build it and specify the image.";
  return "It is text. Specify an image, or an archive from docker save.";
}

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}
