import { Failure } from "../../failure.ts";
import type { ReadingStore } from "../../image/readings/reading-store.ts";
import { sum } from "../../image/sum.ts";
import type { Digest } from "../../oci/digest.ts";
import type { EngineImage } from "../engine/image.ts";

/**
 * What a registry may take on trust. For a layer that it once pulled, an engine with a graph driver asks
 * whether the registry has the blob that it pulled; `docker save` does not show that blob. The registry then
 * claims to have it. The pushed manifest and config list the layers in the same order, which identifies the
 * layer. A layer that was never pulled would be compressed by the engine. That takes longer than saving it
 * again.
 */
export interface Trust {
  /** the image's config, which must always be sent */
  readonly configDigest: Digest;
  /** how much the engine may send (bytes as sent): layers that have not been read, and small ones */
  readonly most: { readonly layers: number; readonly bytes: number };
  /** blobs whose layers turned out not to have been read */
  readonly except: ReadonlySet<Digest>;
}

/**
 * Decides what to take on trust for an image; null if the engine does not report the image's config. Layers
 * that are small compared with the image may be sent again, since an engine does not announce which layers it
 * will send.
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
  const unreadBytes = Math.max(0, image.size - sum(read));
  const most = {
    layers: layers.length - read.length + small.length,
    bytes: (unreadBytes + sum(small)) * packing + allowance,
  };
  return { configDigest: image.id, most, except: new Set() };
}

/**
 * The engine compresses and sends this part of an image in a tenth of the time that saving all of it takes.
 */
const smallShare = 30;
/** Incompressible data grows slightly, and a tar has headers. */
const packing = 1.05;
const allowance = 1024 * 1024;

/** What one push has used of its `Trust` so far. */
export class Trusted {
  readonly digests = new Set<Digest>();
  readonly #trust: Trust;
  #isConfigAsked = false;
  #uploads = 0;
  #bytes = 0;

  constructor(trust: Trust) {
    this.#trust = trust;
  }

  /** Reports whether the registry claims to have a blob that it does not have. */
  takes(digest: Digest): boolean {
    if (digest === this.#trust.configDigest) this.#isConfigAsked = true;
    if (digest === this.#trust.configDigest || this.#trust.except.has(digest)) return false;
    this.digests.add(digest);
    return true;
  }

  /**
   * Counts a blob about to be sent. An engine asks for the config after all layers are pushed (moby
   * distribution/push_v2.go).
   * @throws Failure engine-failed if there are too many layers
   */
  countUpload(): void {
    if (this.#isConfigAsked) return;
    this.#uploads += 1;
    if (this.#uploads > this.#trust.most.layers) throw sentAgain();
  }

  /** Counts bytes of a blob. @throws Failure engine-failed if there are too many */
  countBytes(bytes: number): void {
    if (this.#isConfigAsked) return;
    this.#bytes += bytes;
    if (this.#bytes > this.#trust.most.bytes) throw sentAgain();
  }
}

function sentAgain(): Failure {
  return new Failure("engine-failed", "The engine would compress layers that have already been read.");
}
