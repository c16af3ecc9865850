import { Failure } from "../../failure.ts";
import { type ReadBlob, readBlob } from "../../image/layer/blob.ts";
import type { LayerOptions } from "../../image/layer/layer.ts";
import { limits } from "../../image/limits.ts";
import type { Digest } from "../../oci/digest.ts";

/** A received blob: read, or complete but unreadable. The failure matters only if the blob is needed. */
export type ReceivedBlob = ReadBlob | { readonly kind: "failed"; readonly failure: Failure };

/** One blob being uploaded, in any number of requests. It is read as it arrives, at the reader's pace. */
export class Upload {
  readonly #options: LayerOptions;
  #writer: WritableStreamDefaultWriter<Uint8Array> | null = null;
  #reading: Promise<ReceivedBlob> | null = null;
  #isBusy = false;
  #size = 0;

  constructor(options: LayerOptions) {
    this.#options = options;
  }

  /** Bytes received. */
  get size(): number {
    return this.#size;
  }

  /**
   * Adds one request's body.
   * @param count called with the number of bytes of each chunk
   * @throws Failure limit-exceeded, or engine-failed if two requests overlap; the body's own errors
   */
  async add(body: AsyncIterable<Uint8Array>, count: (bytes: number) => void = () => {}): Promise<void> {
    if (this.#isBusy) throw new Failure("engine-failed", "Two requests tried to write one blob at once.");
    this.#isBusy = true;
    for await (const chunk of body) {
      this.#size += chunk.length;
      count(chunk.length);
      if (this.#size > limits.layerSize)
        throw new Failure("limit-exceeded", `A pushed blob has more than ${limits.layerSize} bytes.`);
      this.#writer ??= this.#start();
      // If the reader has failed, the rest is discarded, so that the sender does not block.
      await this.#writer.write(chunk).catch(() => {});
    }
    this.#isBusy = false;
  }

  /**
   * Completes the blob.
   * @throws Failure digest-mismatch, or engine-failed if a request is still writing the blob
   */
  async finish(claimed: Digest): Promise<ReceivedBlob> {
    if (this.#isBusy) throw new Failure("engine-failed", "A blob was completed during its upload.");
    this.#isBusy = true;
    this.#writer ??= this.#start();
    await this.#writer.close().catch(() => {});
    const blob = await (this.#reading as Promise<ReceivedBlob>);
    if (blob.kind !== "failed" && blob.digest !== claimed) {
      throw new Failure(
        "digest-mismatch",
        `The engine pushed a blob as ${claimed}, but its digest is ${blob.digest}. Run again.`,
      );
    }
    return blob;
  }

  /** Discards the unfinished blob. Resolves once the reader has stopped; never rejects. */
  async abandon(): Promise<void> {
    await this.#writer?.abort(new Error("the upload was abandoned")).catch(() => {});
    await this.#reading?.catch(() => {});
  }

  #start(): WritableStreamDefaultWriter<Uint8Array> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    writer.closed.catch(() => {});
    const chunks = readable[Symbol.asyncIterator]();
    this.#reading = readBlob({ [Symbol.asyncIterator]: () => chunks }, this.#options)
      .catch((error): ReceivedBlob => {
        if (error instanceof Failure) return { kind: "failed", failure: error };
        throw error;
      })
      // A failed reader may not have released the stream, and a pending write would then wait forever.
      .finally(() => chunks.return?.());
    this.#reading.catch(() => {});
    return writer;
  }
}
