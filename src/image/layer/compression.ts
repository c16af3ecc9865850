import { Buffer } from "node:buffer";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import { peek } from "./peek.ts";
import { cutZstdFrames } from "./zstd-frames.ts";

/** The number of bytes that identify a compression. */
export const magicLength = 6;

/** How a stream is compressed. `bzip2` and `xz` are recognised but not supported: Node has neither. */
export type Compression = "gzip" | "zstd" | "bzip2" | "xz" | "none";

/** Detects the compression from the first bytes of a stream, regardless of its media type. */
export function compressionOf(start: Uint8Array): Compression {
  const magic = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, magicLength)).toString(
    "hex",
  );
  if (magic.startsWith("1f8b")) return "gzip";
  if (magic.startsWith("28b52ffd") || /^5.2a4d18/.test(magic)) return "zstd";
  // The magic, the block size, and then the start of the first block or of the end of the stream.
  if (/^425a683[1-9](31|17)/.test(magic)) return "bzip2";
  if (magic === "fd377a585a00") return "xz";
  return "none";
}

/**
 * Decompresses a stream. Leaving the iteration early closes everything it reads from, including `bytes`.
 * @param what decides the advice in messages: a layer must be rebuilt, an archive only decompressed
 * @throws Failure archive-invalid, archive-truncated, layer-unsupported or image-unsupported, and
 * limit-exceeded for a bomb
 */
export function unpack(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  what: "layer" | "archive",
): AsyncIterable<Uint8Array> {
  switch (compression) {
    case "none":
      return bytes;
    case "gzip":
      return inflate(batchesOf(bytes), createGunzip({ chunkSize }));
    case "zstd":
      return inflate(copiesOf(cutZstdFrames(bytes)), createZstdDecompress({ chunkSize }));
    case "bzip2":
    case "xz":
      throw refusal(compression, what);
  }
}

/** Detects an archive's compression and decompresses it. @throws Failure as `unpack` does */
export async function* decompress(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const { start, all } = await peek(bytes, magicLength);
  yield* unpack(all, compressionOf(start), "archive");
}

const chunkSize = 256 * 1024;
/** Bytes passed to a decompressor at a time. */
const batchSize = 256 * 1024;

async function* inflate(
  compressed: AsyncIterable<Uint8Array>,
  decompressor: Transform,
): AsyncGenerator<Uint8Array, void> {
  const size = { compressed: 0, decompressed: 0 };
  const ending = feed(compressed, decompressor, size);
  try {
    for await (const chunk of decompressor as AsyncIterable<Buffer>) {
      size.decompressed += chunk.length;
      if (size.decompressed > limits.ratioFrom && size.decompressed > size.compressed * limits.ratio)
        throw bomb();
      yield chunk;
    }
  } catch (error) {
    throw asFailure(error);
  } finally {
    // No effect at the end. If the iteration is left early, this also stops `feed`.
    decompressor.destroy();
    await ending;
  }
}

/**
 * Writes one part at a time to the decompressor, and requests the next while that one is decompressed. A part
 * must therefore stay valid until the second one after it is requested. Never rejects: errors are thrown
 * where the decompressor is read.
 */
async function feed(
  compressed: AsyncIterable<Uint8Array>,
  decompressor: Transform,
  size: { compressed: number },
): Promise<void> {
  let giveUp = () => {};
  // The decompressor closes if it fails or is no longer read. A pending write may then never call back.
  decompressor.once("close", () => giveUp());
  const write = (part: Uint8Array) =>
    new Promise<boolean>((resolve) => {
      size.compressed += part.length;
      giveUp = () => resolve(false);
      if (decompressor.closed) resolve(false);
      else decompressor.write(part, (error) => resolve(error == null));
    });
  try {
    let isWritten = Promise.resolve(true);
    for await (const part of compressed) {
      if (!(await isWritten)) return;
      isWritten = write(part);
    }
    if (await isWritten) decompressor.end();
  } catch (error) {
    decompressor.destroy(error as Error);
  }
}

/** Copies each chunk separately: zstd's frames must not be joined. */
async function* copiesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes) yield Buffer.from(chunk);
}

/**
 * Copies chunks into larger parts: passing one to a thread and back takes longer than decompressing a small
 * chunk.
 */
async function* batchesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let [batch, spare] = [Buffer.allocUnsafeSlow(batchSize), Buffer.allocUnsafeSlow(batchSize)];
  let filled = 0;
  for await (const chunk of bytes) {
    for (let rest = chunk; rest.length > 0; ) {
      const part = rest.subarray(0, batchSize - filled);
      batch.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled < batchSize) break;
      yield batch;
      [batch, spare, filled] = [spare, batch, 0];
    }
  }
  if (filled > 0) yield batch.subarray(0, filled);
}

function asFailure(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "Z_BUF_ERROR")
    return new Failure("archive-truncated", "The compressed stream ends early.", { cause: error });
  if (/^(Z_|ZSTD_)/.test(code))
    return new Failure("archive-invalid", "The compressed stream is damaged.", { cause: error });
  return error;
}

function bomb(): Failure {
  return new Failure(
    "limit-exceeded",
    `A compressed stream decompresses to over ${limits.ratio} times its size.`,
  );
}

function refusal(format: "bzip2" | "xz", what: "layer" | "archive"): Failure {
  return what === "layer"
    ? new Failure("layer-unsupported", `A layer is compressed with ${format}. Build it with gzip or zstd.`)
    : new Failure(
        "image-unsupported",
        `It is compressed with ${format}. Decompress it first, with ${format} -dk.`,
      );
}
