import { Failure } from "../failure.ts";
import type { Digest } from "../image/digest.ts";

/**
 * What a registry may take on trust. A graph driver asks for a layer that it once pulled by the blob that it was pulled as,
 * which a save does not show: the registry then says that it has it, and which layer it is, the pushed manifest and config
 * tell by their order. A layer that was never pulled the engine would compress, which takes longer than to save it again.
 */
export interface Trust {
  /** of the image; it always has to come */
  readonly configDigest: Digest;
  /** how many of the image's layers nobody has read: as many may be sent */
  readonly unreadLayers: number;
  /** blobs that proved to be of layers that nobody has read */
  readonly except: ReadonlySet<Digest>;
}

/** What one push was trusted with so far. */
export class Trusted {
  readonly digests = new Set<Digest>();
  readonly #trust: Trust;
  #isConfigAsked = false;
  #uploads = 0;

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
   * @throws Failure engine-failed where it is one layer more than those that nobody has read
   */
  countUpload(): void {
    if (this.#isConfigAsked) return;
    this.#uploads += 1;
    if (this.#uploads <= this.#trust.unreadLayers) return;
    throw new Failure("engine-failed", "The engine would compress layers that have been read already.");
  }
}
