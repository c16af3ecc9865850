import { Buffer } from "node:buffer";
import { Failure } from "../../failure.ts";
import { ByteReader } from "../tar/byte-reader.ts";

/**
 * Cuts a zstd stream where its frames end, and leaves skippable frames out (RFC 8878, section 3.1). Node's decompressor
 * stops without an error when a frame ends inside a chunk (nodejs/node#64741): given chunks that never hold
 * bytes of two frames, it goes on to the next.
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
          "The zstd stream has bytes between its frames that are no frame.",
        );
    }
  } finally {
    await reader.close();
  }
}

/** Joins small parts, in copies, so that the decompressor gets few and large chunks. */
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

/** Bytes that are worth a call. */
const largeChunk = 64 * 1024;

function isSkippable(magic: number): boolean {
  return magic >>> 4 === 0x184d2a5;
}

/** One frame: a header of up to 14 bytes, blocks, and a checksum of 4 bytes where the header says so. */
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
    // A run-length block (type 1) holds one byte, however long it says that it is.
    let missing = ((bits >>> 1) & 3) === 1 ? 1 : bits >>> 3;
    while (missing > 0) {
      const chunk = (await reader.some(missing)) ?? (await reader.must(1));
      missing -= chunk.length;
      yield chunk;
    }
  }
  if (flags & 4) yield await reader.must(4);
}

/** Bytes of a frame header after its descriptor: window, dictionary, content size. */
function headerRest(flags: number): number {
  const isSingleSegment = (flags & 0x20) !== 0;
  const window = isSingleSegment ? 0 : 1;
  const dictionary = [0, 1, 2, 4][flags & 3] ?? 0;
  const contentSize = [isSingleSegment ? 1 : 0, 2, 4, 8][flags >>> 6] ?? 0;
  return window + dictionary + contentSize;
}
