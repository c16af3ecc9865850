import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Hands over a stream's lines one by one; resolves at its end. */
export async function readLines(stream: Readable, read: (line: string) => void): Promise<void> {
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) read(line);
}
