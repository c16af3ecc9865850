import { createHash, type Hash } from "node:crypto";
import { parentPort } from "node:worker_threads";

// The thread that hash-thread.ts starts. It answers each request that has bytes, in their order.

/** The next bytes of a stream. */
export interface HashRequest {
  readonly stream: number;
  /** moved here, not copied; null: the stream is given up */
  readonly bytes: Uint8Array<ArrayBuffer> | null;
  /** how many of them count */
  readonly length: number;
  readonly isLast: boolean;
}

/** Gives the buffer back, and so paces who fills it. */
export interface HashAnswer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** hex; null: the stream goes on */
  readonly digest: string | null;
}

const hashes = new Map<number, Hash>();

parentPort?.on("message", ({ stream, bytes, length, isLast }: HashRequest) => {
  if (bytes === null) {
    hashes.delete(stream);
    return;
  }
  const hash = hashes.get(stream) ?? createHash("sha256");
  hash.update(bytes.subarray(0, length));
  if (isLast) hashes.delete(stream);
  else hashes.set(stream, hash);
  const answer: HashAnswer = { bytes, digest: isLast ? hash.digest("hex") : null };
  parentPort?.postMessage(answer, [bytes.buffer]);
});
