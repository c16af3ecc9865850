import { Buffer } from "node:buffer";

/** The first bytes of a stream, and the whole stream including them. */
export interface Peeked {
  /** as many bytes as requested, or fewer if the stream is shorter */
  readonly start: Buffer;
  /** Leaving the iteration early closes the stream. */
  readonly all: AsyncIterable<Uint8Array>;
}

/** Reads a stream's first bytes without consuming them. */
export async function peek(bytes: AsyncIterable<Uint8Array>, length: number): Promise<Peeked> {
  const chunks = bytes[Symbol.asyncIterator]();
  const first = await readStart(chunks, length);
  return { start: first.subarray(0, length), all: continued(first, chunks) };
}

/** Copies all chunks but the last: a chunk is valid only until the next one is requested. */
async function readStart(chunks: AsyncIterator<Uint8Array>, length: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for (let size = 0; size < length; size += parts.at(-1)?.length ?? 0) {
    const { value, done } = await chunks.next();
    if (done) break;
    parts.push(size + value.length < length ? Buffer.from(value) : value);
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
