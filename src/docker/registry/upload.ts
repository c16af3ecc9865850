import { Failure } from "../../failure.ts";
import { type ReadBlob, readBlob } from "../../image/layer/blob.ts";
import type { LayerOptions } from "../../image/layer/layer.ts";
import { limits } from "../../image/limits.ts";
import type { Digest } from "../../oci/digest.ts";

/** A blob that came: read, or whole but unreadable, which is a failure for who needs it only. */
export type ReceivedBlob = ReadBlob | { readonly kind: "failed"; readonly failure: Failure };

/** One blob under way, in as many requests as its sender likes. It is read while it comes, at the reader's pace. */
export class Upload {
  readonly #options: LayerOptions;
  #writer: WritableStreamDefaultWriter<Uint8Array> | null = null;
  #reading: Promise<ReceivedBlob> | null = null;
  #isBusy = false;
  #size = 0;

  constructor(options: LayerOptions) {
    this.#options = options;
  }

  /** Bytes that have come. */
  get size(): number {
    return this.#size;
  }

  /**
   * Takes one request's body.
   * @param count told of every piece of it
   * @throws Failure limit-exceeded, or engine-failed where two requests come at once; and the body's own errors
   */
  async add(body: AsyncIterable<Uint8Array>, count: (bytes: number) => void = () => {}): Promise<void> {
    if (this.#isBusy) throw new Failure("engine-failed", "Two requests at once were to write one blob.");
    this.#isBusy = true;
    for await (const chunk of body) {
      this.#size += chunk.length;
      count(chunk.length);
      if (this.#size > limits.layerSize)
        throw new Failure("limit-exceeded", `A pushed blob has over ${limits.layerSize} bytes.`);
      this.#writer ??= this.#start();
      // A reader that has given up lets the rest pass by unread, so that the sender is not left standing.
      await this.#writer.write(chunk).catch(() => {});
    }
    this.#isBusy = false;
  }

  /**
   * Ends the blob.
   * @throws Failure digest-mismatch, or engine-failed where a request is still writing it
   */
  async finish(claimed: Digest): Promise<ReceivedBlob> {
    if (this.#isBusy) throw new Failure("engine-failed", "A blob was ended while it was still coming.");
    this.#isBusy = true;
    this.#writer ??= this.#start();
    await this.#writer.close().catch(() => {});
    const blob = await (this.#reading as Promise<ReceivedBlob>);
    if (blob.kind !== "failed" && blob.digest !== claimed) {
      throw new Failure(
        "digest-mismatch",
        `The engine pushed a blob as ${claimed} that has the digest ${blob.digest}. Run again.`,
      );
    }
    return blob;
  }

  /** Ends it unfinished. Resolves once nothing reads any more; never rejects. */
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
      // A reader that failed may not have let go of the stream, and whoever waits to write would wait for ever.
      .finally(() => chunks.return?.());
    this.#reading.catch(() => {});
    return writer;
  }
}
