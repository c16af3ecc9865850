import { connect } from "node:net";

/**
 * Streams the body of a GET from the engine's socket. All chunks share one buffer, so a chunk is valid only
 * until the next one is requested. Images have gigabytes, and allocating a buffer for each chunk costs as
 * much as parsing them.
 *
 * Uses HTTP/1.0, where the end of the connection ends the body. The reader must detect a truncated body
 * itself; an archive has an end marker.
 * @param path of the Engine API, without a version
 * @returns null if the engine does not answer, or with a status other than 200
 */
export async function streamFromEngine(
  socket: string,
  path: string,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<Uint8Array, void> | null> {
  const reader = new SocketReader(socket, `GET ${path} HTTP/1.0\r\nHost: docker\r\n\r\n`, signal);
  // If the engine does not answer, the docker CLI reports the reason.
  const start = await startOfBody(reader).catch(() => null);
  if (start !== null) return bodyOf(reader, start);
  reader.close();
  return null;
}

/** Returns the part of the body that arrived with the head; null unless the response is a plain 200. */
async function startOfBody(reader: SocketReader): Promise<Buffer | null> {
  let text = "";
  while (text.length < maxHead) {
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

const maxHead = 64 * 1024;
const bufferSize = 256 * 1024;

/** A connection that is read one chunk at a time, always into the same buffer. */
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

  /** Returns the next chunk; null at the end. */
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
