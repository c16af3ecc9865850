import { connect } from "node:net";

/**
 * The body of the answer to a GET at the engine's socket, in chunks that are good only until the next is asked for: all of
 * them lie in one buffer. An image has gigabytes, and to allocate them anew costs as much as to read what they say.
 *
 * As HTTP/1.0, whose answer ends where the connection does, so whoever reads it has to tell the whole from a part; an archive
 * has an end that is marked.
 * @param path of the Engine API, without a version
 * @returns null where nobody answers, or not with 200
 */
export async function streamFromEngine(
  socket: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<Uint8Array, void> | null> {
  const reader = new SocketReader(socket, `GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`, signal);
  // Where nobody answers, the docker CLI says why.
  const start = await startOfBody(reader).catch(() => null);
  if (start !== null) return bodyOf(reader, start);
  reader.close();
  return null;
}

/** What of the body came with the head; null: the answer is no 200, or none. */
async function startOfBody(reader: SocketReader): Promise<Buffer | null> {
  let text = "";
  while (text.length < mostHead) {
    const chunk = await reader.next();
    if (chunk === null) return null;
    const before = text.length;
    text += chunk.toString("latin1");
    const end = text.indexOf("\r\n\r\n");
    if (end < 0) continue;
    const head = text.slice(0, end);
    const isPlain = /^HTTP\/1\.[01] 200 /.test(head) && !/^transfer-encoding:/im.test(head);
    return isPlain ? chunk.subarray(end + 4 - before) : null;
  }
  return null;
}

async function* bodyOf(reader: SocketReader, start: Buffer): AsyncGenerator<Uint8Array, void> {
  try {
    if (start.length > 0) yield start;
    for (let chunk = await reader.next(); chunk !== null; chunk = await reader.next()) yield chunk;
  } finally {
    reader.close();
  }
}

const mostHead = 64 * 1024;
const bufferSize = 256 * 1024;

/** A connection that is read one buffer at a time, always the same one. */
class SocketReader {
  readonly #socket: ReturnType<typeof connect>;
  #chunk: Buffer | null = null;
  #isOver = false;
  #error: Error | null = null;
  #wake: () => void = () => {};

  constructor(path: string, request: string, signal: AbortSignal | undefined) {
    const callback = (length: number, buffer: Uint8Array) => {
      this.#chunk = Buffer.from(buffer.buffer, buffer.byteOffset, length);
      this.#wake();
      return false;
    };
    const onread = { buffer: Buffer.allocUnsafeSlow(bufferSize), callback };
    this.#socket = connect({ path, onread, ...(signal && { signal }) });
    this.#socket.on("error", (error) => {
      this.#error = error;
    });
    this.#socket.once("close", () => {
      this.#isOver = true;
      this.#wake();
    });
    this.#socket.write(request);
  }

  /** Null at the end. */
  async next(): Promise<Buffer | null> {
    if (this.#chunk === null && !this.#isOver) {
      const ready = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      this.#socket.resume();
      await ready;
    }
    const chunk = this.#chunk;
    this.#chunk = null;
    if (chunk === null && this.#error !== null) throw this.#error;
    return chunk;
  }

  close(): void {
    this.#socket.destroy();
  }
}
