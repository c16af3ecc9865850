import { Worker } from "node:worker_threads";
import type { HashAnswer, HashRequest } from "./hash-worker.ts";

/** One thread that hashes all streams of this process, started when the first bytes come. */
class HashThread {
  #worker: Worker | null = null;
  #streams = 0;
  /** for what, in the order of the answers, which is that of the requests */
  #waiting: PromiseWithResolvers<HashAnswer>[] = [];

  /** A number for a stream. */
  open(): number {
    return this.#streams++;
  }

  /** Moves a stream's next bytes there. Rejects where the thread breaks down. */
  hash({ stream, bytes, length, isLast }: HashRequest & { bytes: object }): Promise<HashAnswer> {
    this.#worker ??= this.#start();
    const answer = Promise.withResolvers<HashAnswer>();
    this.#waiting.push(answer);
    // The process may end while nobody waits for the thread, and must not before.
    this.#worker.ref();
    this.#worker.postMessage({ stream, bytes, length, isLast }, [bytes.buffer]);
    return answer.promise;
  }

  /** Lets go of a stream that has not come to its end. */
  giveUp(stream: number): void {
    this.#worker?.postMessage({ stream, bytes: null, length: 0, isLast: true } satisfies HashRequest);
  }

  #start(): Worker {
    // Beside this file, as source and in the bundle.
    const url = new URL(`./hash-worker${import.meta.url.slice(-3)}`, import.meta.url);
    const worker = new Worker(url, { execArgv: [], resourceLimits: { maxYoungGenerationSizeMb: 1 } });
    worker.on("message", (answer: HashAnswer) => {
      this.#waiting.shift()?.resolve(answer);
      if (this.#waiting.length === 0) worker.unref();
    });
    worker.on("error", (error) => {
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      this.#worker = null;
    });
    return worker;
  }
}

export const hashThread = new HashThread();
