import { Buffer } from "node:buffer";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { Failure } from "../../failure.ts";
import { limits } from "../limits.ts";
import { peek } from "./peek.ts";
import { cutZstdFrames } from "./zstd-frames.ts";

/** Bytes that tell how a stream is packed. */
export const magicLength = 6;

/** How a stream is packed, or not. `bzip2` and `xz` are known, and not unpacked: Node has neither. */
export type Compression = "gzip" | "zstd" | "bzip2" | "xz" | "none";

/** What the first bytes of a stream say, whatever its media type says. */
export function compressionOf(start: Uint8Array): Compression {
  const magic = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, magicLength)).toString(
    "hex",
  );
  if (magic.startsWith("1f8b")) return "gzip";
  if (magic.startsWith("28b52ffd") || /^5.2a4d18/.test(magic)) return "zstd";
  // Then its block size, and the first block or the end of the stream.
  if (/^425a683[1-9](31|17)/.test(magic)) return "bzip2";
  if (magic === "fd377a585a00") return "xz";
  return "none";
}

/**
 * The stream unpacked. Leaving the iteration early destroys what it is made of, down to `bytes`.
 * @param what is packed: a layer has to be made anew, and an archive only unpacked
 * @throws Failure archive-invalid, archive-truncated, layer-unsupported or image-unsupported, and limit-exceeded for a bomb
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

/** Tells how an archive is packed, and unpacks it. @throws Failure as `unpack` does */
export async function* decompress(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const { start, all } = await peek(bytes, magicLength);
  yield* unpack(all, compressionOf(start), "archive");
}

const chunkSize = 256 * 1024;
/** Bytes that are given to a decompressor at a time. */
const batchSize = 256 * 1024;

async function* inflate(
  packed: AsyncIterable<Uint8Array>,
  decompressor: Transform,
): AsyncGenerator<Uint8Array, void> {
  const size = { packed: 0, unpacked: 0 };
  const ending = feed(packed, decompressor, size);
  try {
    for await (const chunk of decompressor as AsyncIterable<Buffer>) {
      size.unpacked += chunk.length;
      if (size.unpacked > limits.ratioFrom && size.unpacked > size.packed * limits.ratio) throw bomb();
      yield chunk;
    }
  } catch (error) {
    throw asFailure(error);
  } finally {
    // Of no effect at the end; who leaves early lets go of what feeds it, too.
    decompressor.destroy();
    await ending;
  }
}

/**
 * Gives it one part at a time, and asks for the next while that one is unpacked, so a part has to be good until the one after the
 * next is asked for. Never rejects: what goes wrong is thrown where the decompressor is read.
 */
async function feed(
  packed: AsyncIterable<Uint8Array>,
  decompressor: Transform,
  size: { packed: number },
): Promise<void> {
  let giveUp = () => {};
  // It is closed where it failed, and where nobody reads it any longer; what was being written then may get no answer.
  decompressor.once("close", () => giveUp());
  const write = (part: Uint8Array) =>
    new Promise<boolean>((resolve) => {
      size.packed += part.length;
      giveUp = () => resolve(false);
      if (decompressor.closed) resolve(false);
      else decompressor.write(part, (error) => resolve(error == null));
    });
  try {
    let isWritten = Promise.resolve(true);
    for await (const part of packed) {
      if (!(await isWritten)) return;
      isWritten = write(part);
    }
    if (await isWritten) decompressor.end();
  } catch (error) {
    decompressor.destroy(error as Error);
  }
}

/** For zstd, whose frames must not be joined. */
async function* copiesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  for await (const chunk of bytes) yield Buffer.from(chunk);
}

/** Larger parts, copied: each crosses to a thread and back, which takes longer than to unpack a small chunk. */
async function* batchesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let [batch, other] = [Buffer.allocUnsafeSlow(batchSize), Buffer.allocUnsafeSlow(batchSize)];
  let filled = 0;
  for await (const chunk of bytes) {
    for (let rest = chunk; rest.length > 0; ) {
      const part = rest.subarray(0, batchSize - filled);
      batch.set(part, filled);
      filled += part.length;
      rest = rest.subarray(part.length);
      if (filled < batchSize) break;
      yield batch;
      [batch, other, filled] = [other, batch, 0];
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
  return new Failure("limit-exceeded", `A compressed stream unpacks to over ${limits.ratio} times its size.`);
}

function refusal(format: "bzip2" | "xz", what: "layer" | "archive"): Failure {
  return what === "layer"
    ? new Failure("layer-unsupported", `A layer is packed with ${format}: build it with gzip or zstd.`)
    : new Failure("image-unsupported", `It is packed with ${format}: unpack it first, with ${format} -dk.`);
}
