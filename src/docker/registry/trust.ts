import { Failure } from "../../failure.ts";
import type { ReadingStore } from "../../image/readings/reading-store.ts";
import type { Digest } from "../../oci/digest.ts";
import type { EngineImage } from "../engine/image.ts";

/**
 * What a registry may take on trust. A graph driver asks for a layer that it once pulled by the blob that it was pulled as,
 * which a save does not show: the registry then says that it has it, and which layer it is, the pushed manifest and config
 * tell by their order. A layer that was never pulled the engine would compress, which takes longer than to save it again.
 */
export interface Trust {
  /** of the image; it always has to come */
  readonly configDigest: Digest;
  /** how many layers, and bytes of them as they are sent, the engine may send: those that nobody has read, and small ones */
  readonly most: { readonly layers: number; readonly bytes: number };
  /** blobs that proved to be of layers that nobody has read */
  readonly except: ReadonlySet<Digest>;
}

/**
 * What of an image is taken on trust; null where its engine does not name its config. Layers that are small beside the image
 * may be sent again: which ones an engine is about to send, it does not say.
 */
export function trustIn(image: EngineImage, store: ReadingStore): Trust | null {
  if (image.id === null) return null;
  const layers = [...new Set(image.diffIds)];
  const read = layers.flatMap((diffId) => store.find({ diffId })?.size ?? []).toSorted((a, b) => a - b);
  let spare = image.size / smallShare;
  const small = read.filter((size) => {
    spare -= size;
    return spare >= 0;
  });
  const unreadBytes = Math.max(0, image.size - sumOf(read));
  const most = {
    layers: layers.length - read.length + small.length,
    bytes: (unreadBytes + sumOf(small)) * packing + allowance,
  };
  return { configDigest: image.id, most, except: new Set() };
}

/** An engine compresses and sends this part of an image in a tenth of the time that it takes to save all of it. */
const smallShare = 30;
/** What cannot be compressed becomes larger by a little, and a tar has headers. */
const packing = 1.05;
const allowance = 1024 * 1024;

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** What one push was trusted with so far. */
export class Trusted {
  readonly digests = new Set<Digest>();
  readonly #trust: Trust;
  #isConfigAsked = false;
  #uploads = 0;
  #bytes = 0;

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** Whether the registry says that it has this blob, which it does not know. */
  takes(digest: Digest): boolean {
    if (digest === this.#trust.configDigest) this.#isConfigAsked = true;
    if (digest === this.#trust.configDigest || this.#trust.except.has(digest)) return false;
    this.digests.add(digest);
    return true;
  }

  /**
   * Counts a blob that is to be sent. An engine asks for the config once all layers are there (moby distribution/push_v2.go).
   * @throws Failure engine-failed where it is one layer too many
   */
  countUpload(): void {
    if (this.#isConfigAsked) return;
    this.#uploads += 1;
    if (this.#uploads > this.#trust.most.layers) throw sentAgain();
  }

  /** Counts bytes of a blob. @throws Failure engine-failed where they are too many */
  countBytes(bytes: number): void {
    if (this.#isConfigAsked) return;
    this.#bytes += bytes;
    if (this.#bytes > this.#trust.most.bytes) throw sentAgain();
  }
}

function sentAgain(): Failure {
  return new Failure("engine-failed", "The engine would compress layers that have been read already.");
}
