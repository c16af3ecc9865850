import { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { ByteReader } from "../tar/byte-reader.ts";

/**
 * Splits a zstd stream at the ends of its frames, and drops skippable frames (RFC 8878, section 3.1). Node's
 * decompressor stops without an error if a frame ends inside a chunk (nodejs/node#64741). If no chunk has
 * bytes of two frames, it continues with the next frame.
 * @throws Failure archive-invalid, archive-truncated
 */
export async function* cutZstdFrames(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const reader = new ByteReader(bytes);
  try {
    for (let magic = await reader.exactly(4); magic !== null; magic = await reader.exactly(4)) {
      const number = magic.readUInt32LE();
      if (number === 0xfd2fb528) yield* joined(frame(magic, reader));
      else if (isSkippable(number)) await reader.skip((await reader.must(4)).readUInt32LE());
      else
        throw new Failure(
          "archive-invalid",
          "The zstd stream has bytes between its frames that are not a frame.",
        );
    }
  } finally {
    await reader.close();
  }
}

/** Joins copies of small parts, so that the decompressor gets few, large chunks. */
async function* joined(parts: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void> {
  let run: Buffer[] = [];
  let size = 0;
  for await (const part of parts) {
    run.push(Buffer.from(part));
    size += part.length;
    if (size < largeChunk) continue;
    yield Buffer.concat(run);
    [run, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(run);
}

/** Minimum bytes worth one call of the decompressor. */
const largeChunk = 64 * 1024;

function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/**
 * Yields one frame: a header of up to 14 bytes, blocks, and a checksum of 4 bytes if the header has its flag.
 */
async function* frame(magic: Buffer, reader: ByteReader): AsyncGenerator<Buffer, void> {
  yield magic;
  const descriptor = await reader.must(1);
  yield descriptor;
  const flags = descriptor.readUInt8();
  const rest = headerRest(flags);
  if (rest > 0) yield await reader.must(rest);
  for (let isLast = false; !isLast; ) {
    const header = await reader.must(3);
    yield header;
    const bits = header.readUIntLE(0, 3);
    isLast = (bits & 1) === 1;
    // A run-length block (type 1) holds one byte, whatever its size field says.
    let remaining = ((bits >>> 1) & 3) === 1 ? 1 : bits >>> 3;
    while (remaining > 0) {
      const chunk = (await reader.some(remaining)) ?? (await reader.must(1));
      remaining -= chunk.length;
      yield chunk;
    }
  }
  if (flags & 4) yield await reader.must(4);
}

/** Returns the bytes of a frame header after its descriptor: window, dictionary, content size. */
function headerRest(flags: number): number {
  const isSingleSegment = (flags & 0x20) !== 0;
  const window = isSingleSegment ? 0 : 1;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const contentSize = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  return window + dictionary + contentSize;
}
