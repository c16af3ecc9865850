import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Hands over a stream's lines one by one; resolves at its end. */
export async function readLines(stream: Readable, read: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Infinity });
  // Of one that is destroyed the end never comes.
  stream.once("close", () => lines.close());
  for await (const line of lines) read(line);
}
