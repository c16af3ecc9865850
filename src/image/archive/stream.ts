import type { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { compressionOf, decompress } from "../layer/compression.ts";
import { peek } from "../layer/peek.ts";
import { blockSize } from "../tar/header.ts";
import { looksLikeTar } from "../tar/tar.ts";

/**
 * The tar of an archive, packed or not. What people take for an archive and is none is told by its first bytes.
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
    return unsupported(`It is packed twice, with ${compression} inside: unpack it once.`);
  const what = kindOfFile(start.toString("latin1"));
  if (what !== null) return unsupported(what);
  if (start.length < blockSize)
    return new Failure("archive-truncated", "It ends before the first member of an archive does.");
  return unsupported("It is no tar, packed or not: write an archive with docker save.");
}

/** What a file is, by its first bytes as latin1, and what to name instead. Null: it does not show. */
function kindOfFile(start: string): string | null {
  if (start.startsWith("PK")) return "It is a zip file: write an archive with docker save.";
  if (start.startsWith("\x7fELF")) return "It is a program: name an image, or an archive of docker save.";
  if (!/^[\t\n\r -~\x80-\xff]*$/.test(start)) return null;
  if (/^\s*[{[]/.test(start)) return "It is JSON: name the directory or the archive that it belongs to.";
  if (/^[ \t]*(?:FROM|ARG)[ \t]/im.test(start)) return "It is a Dockerfile: build it, and name the image.";
  return "It is text: name an image, or an archive of docker save.";
}

function unsupported(what: string): Failure {
  return new Failure("image-unsupported", what);
}
