import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Mask } from "../secrecy/mask.ts";

/** Passes a stream's lines to `read` one by one. Resolves at the end of the stream. */
export async function readLines(stream: Readable, read: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  // A destroyed stream never ends.
  stream.once("close", () => lines.close());
  for await (const line of lines) read(line);
}

/** Like `readLines`, but masks secrets in the stream's bytes first. A secret may span several lines. */
export function readMaskedLines(stream: Readable, mask: Mask, read: (line: string) => void): Promise<void> {
  return readLines(Readable.from(maskedBytes(stream, mask)), read);
}

async function* maskedBytes(stream: Readable, mask: Mask): AsyncGenerator<Buffer> {
  const masked = mask.stream();
  try {
    for await (const chunk of stream) yield masked.write(Buffer.from(chunk as Buffer | string));
  } catch (error) {
    // A killed command writes nothing more.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
  yield masked.end();
}
