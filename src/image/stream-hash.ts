import { createHash } from "node:crypto";
import type { Digest } from "./digest.ts";
import { hashThread } from "./hash-thread.ts";
import type { HashAnswer } from "./hash-worker.ts";

type Slab = Uint8Array<ArrayBuffer>;

const slabSize = 256 * 1024;
/** Slabs of one stream that are with the thread at a time: what the rest of the work is at times ahead of the hashing. */
const ahead = 4;

/** Slabs of streams that are over, for those that begin. */
const spare: Slab[] = [];
const mostSpare = 2 * ahead;

/**
 * SHA-256 of a stream, in a thread beside this one: it takes as long as all else that is done with an image's bytes. What
 * fits into one slab is hashed here, so that no thread is started for it.
 */
export class StreamHash {
  #slab: Slab | null = null;
  #filled = 0;
  /** its number with the thread; null: it is not there */
  #stream: number | null = null;
  readonly #away: Promise<HashAnswer>[] = [];

  /** Takes a copy. @returns a promise where the next chunk has to wait */
  update(chunk: Uint8Array): Promise<void> | null {
    if (this.#filled + chunk.length > slabSize) return this.#updateBeyond(chunk);
    this.#fill(chunk);
    return null;
  }

  /** Of all that came; ends the hashing. */
  async digest(): Promise<Digest> {
    if (this.#stream === null) {
      const bytes = this.#slab?.subarray(0, this.#filled) ?? new Uint8Array();
      return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
    }
    this.#send(this.#stream, true);
    this.#stream = null;
    const answers = await Promise.all(this.#away);
    for (const { bytes } of answers) giveBack(bytes);
    return `sha256:${answers.at(-1)?.digest ?? ""}`;
  }

  /** Lets go of it, at its end or not. */
  close(): void {
    if (this.#stream !== null) hashThread.giveUp(this.#stream);
    if (this.#slab !== null) giveBack(this.#slab);
    this.#stream = null;
    this.#slab = null;
  }

  async #updateBeyond(chunk: Uint8Array): Promise<void> {
    for (let rest = chunk; rest.length > 0; ) {
      const room = slabSize - this.#filled;
      this.#fill(rest.subarray(0, room));
      rest = rest.subarray(room);
      if (this.#filled < slabSize) return;
      this.#stream ??= hashThread.open();
      this.#send(this.#stream, false);
      if (this.#away.length === ahead) giveBack((await this.#away.shift())?.bytes);
    }
  }

  #fill(chunk: Uint8Array): void {
    this.#slab ??= takeSlab();
    this.#slab.set(chunk, this.#filled);
    this.#filled += chunk.length;
  }

  #send(stream: number, isLast: boolean): void {
    const bytes = this.#slab ?? takeSlab();
    const answer = hashThread.hash({ stream, bytes, length: this.#filled, isLast });
    // Who waits for it hears of a failure; nobody does once the stream was given up.
    answer.catch(() => {});
    this.#away.push(answer);
    this.#slab = null;
    this.#filled = 0;
  }
}

function takeSlab(): Slab {
  return spare.pop() ?? new Uint8Array(slabSize);
}

function giveBack(slab: Slab | undefined): void {
  if (slab !== undefined && spare.length < mostSpare) spare.push(slab);
}
