import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import type { Mask } from "../secrecy/mask.ts";

/** Hands over a stream's lines one by one; resolves at its end. */
export async function readLines(stream: Readable, read: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  // Of one that is destroyed the end never comes.
  stream.once("close", () => lines.close());
  for await (const line of lines) read(line);
}

/** The same of what is left of a stream's bytes once secrets are masked, which may go over several lines. */
export function readMaskedLines(stream: Readable, mask: Mask, read: (line: string) => void): Promise<void> {
  return readLines(Readable.from(maskedBytes(stream, mask)), read);
}

async function* maskedBytes(stream: Readable, mask: Mask): AsyncGenerator<Buffer> {
  const masked = mask.stream();
  try {
    for await (const chunk of stream) yield masked.write(Buffer.from(chunk as Buffer | string));
  } catch (error) {
    // A command that was ended has said all that it will say.
    if ((error as NodeJS.ErrnoException).code !== "ERR_STREAM_PREMATURE_CLOSE") throw error;
  }
  yield masked.end();
}
