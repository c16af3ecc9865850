import { Buffer } from "node:buffer";
import type { Transform } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { Failure } from "../failure.ts";
import { limits } from "./limits.ts";
import { cutZstdFrames } from "./zstd-frames.ts";

export type Compression = "gzip" | "zstd" | "none";

/** What the first bytes of a stream say, whatever its media type says. @throws Failure layer-unsupported */
export function compressionOf(start: Uint8Array): Compression {
  const magic = Buffer.from(start.buffer, start.byteOffset, Math.min(start.length, 6)).toString("hex");
  if (magic.startsWith("1f8b")) return "gzip";
  if (magic.startsWith("28b52ffd") || /^5.2a4d18/.test(magic)) return "zstd";
  if (magic.startsWith("425a68")) throw unsupported("bzip2");
  if (magic === "fd377a585a00") throw unsupported("xz");
  return "none";
}

/**
 * Looks at a stream's first bytes.
 * @returns how it is packed, and the whole stream again, those first bytes included
 * @throws Failure layer-unsupported
 */
export async function sniff(
  bytes: AsyncIterable<Uint8Array>,
): Promise<{ readonly compression: Compression; readonly bytes: AsyncIterable<Uint8Array> }> {
  const chunks = bytes[Symbol.asyncIterator]();
  const start = await readStart(chunks);
  return { compression: compressionOf(start), bytes: continued(start, chunks) };
}

/**
 * The stream unpacked. Leaving the iteration early destroys what it is made of, down to `bytes`.
 * @throws Failure archive-invalid, archive-truncated, and limit-exceeded for a bomb
 */
export function unpack(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
): AsyncIterable<Uint8Array> {
  switch (compression) {
    case "none":
      return bytes;
    case "gzip":
      return inflate(batchesOf(bytes), createGunzip({ chunkSize }));
    case "zstd":
      return inflate(copiesOf(cutZstdFrames(bytes)), createZstdDecompress({ chunkSize }));
  }
}

/** Sniffs and unpacks in one. @throws Failure as `sniff` and `unpack` do */
export async function* decompress(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  const sniffed = await sniff(bytes);
  yield* unpack(sniffed.bytes, sniffed.compression);
}

const magicLength = 6;
const chunkSize = 256 * 1024;
/** Bytes that are given to a decompressor at a time. */
const batchSize = 256 * 1024;

async function readStart(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let length = 0; length < magicLength; length += parts.at(-1)?.length ?? 0) {
    const { value, done } = await chunks.next();
    if (done) break;
    parts.push(length + value.length < magicLength ? Buffer.from(value) : value);
  }
  const [only] = parts;
  return only !== undefined && parts.length === 1
    ? Buffer.from(only.buffer, only.byteOffset, only.byteLength)
    : Buffer.concat(parts);
}

async function* continued(
  start: Buffer,
  chunks: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  try {
    if (start.length > 0) yield start;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) yield next.value;
  } finally {
    await chunks.return?.();
  }
}

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

function unsupported(format: string): Failure {
  return new Failure("layer-unsupported", `A layer is packed with ${format}; rebuild it with gzip or zstd.`);
}
