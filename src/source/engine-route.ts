import type { Engine } from "../docker/engine/engine.ts";
import type { EngineImage } from "../docker/engine/image.ts";
import type { ReadOptions } from "../image/readings/read-options.ts";
import type { KnownBlob, ReadingStore } from "../image/readings/reading-store.ts";
import { sum } from "../image/sum.ts";
import type { Digest } from "../oci/digest.ts";

/** How the engine delivers images: pushed to our registry, or in one stream of `docker save`. */
export interface Route {
  readonly name: "push" | "save";
  /** for the debug log; continues "are read by push:" */
  readonly reason: string;
  /** whether layers that were read are taken on trust, see docker/registry/trust.ts */
  readonly onTrust?: true;
}

/**
 * Chooses the cheaper route. A push sends only blobs that were not read before. A store that keeps blobs
 * sends them as they are. A graph driver keeps none and compresses what it pushes, so there it depends on how
 * much is unread.
 */
export function chooseRoute(
  images: readonly EngineImage[],
  engine: Pick<Engine, "store" | "socket">,
  { store, needsPullSize }: Pick<ReadOptions, "store" | "needsPullSize">,
): Route {
  if (engine.socket === null) return { name: "save", reason: "the engine has no socket on this machine" };
  if (images.some(({ hasName }) => !hasName))
    return { name: "save", reason: "an image without a name cannot be pushed" };
  if (engine.store === "containerd") return { name: "push", reason: "new blobs are sent as they are stored" };
  if (needsPullSize) return { name: "push", reason: "a limit needs the compressed size" };
  return chooseOfGraphDriver(images, store);
}

/** Chooses by the largest image, since layers that several share are saved or sent once. */
function chooseOfGraphDriver(images: readonly EngineImage[], store: ReadingStore): Route {
  const blobs = [...store.blobs()];
  const maxOf = (bytesOf: (image: EngineImage) => number) => Math.max(...images.map(bytesOf));
  const maxUnread = (known: readonly KnownBlob[]) => {
    const byDiffId = new Map(known.map(({ diffId, digest }) => [diffId, digest]));
    return maxOf((image) => unreadBytes(image, images, byDiffId, store));
  };
  const saved = maxOf(({ size }) => size);
  // An engine looks for a layer by its compressed blobs; the digest of an uncompressed one is the diff ID.
  const compressed = maxUnread(blobs.filter(({ diffId, digest }) => diffId !== digest));
  const numbers = `${megabytes(compressed)} of ${megabytes(saved)} would have to be compressed`;
  if (compressed * compressionCost <= saved) return { name: "push", reason: `only ${numbers}` };
  // A saved layer shows no compressed blob, but the engine may have pulled it as one. Only the engine knows.
  if (maxUnread(blobs) * compressionCost <= saved)
    return { name: "push", reason: `${numbers}, if the engine has never pulled it`, onTrust: true };
  return { name: "save", reason: numbers };
}

/** How much longer a graph driver takes to compress and push a byte than to save it, on two cores. */
const compressionCost = 3;

/**
 * Returns the bytes of an image's layers that are not among these blobs, by their diff IDs. Uses the engine's
 * sizes of images first: only a reading has the size of a single layer, and loading readings delays the
 * engine's work.
 */
function unreadBytes(
  image: EngineImage,
  images: readonly EngineImage[],
  blobs: ReadonlyMap<Digest, Digest>,
  store: ReadingStore,
): number {
  const layers = new Set(image.diffIds);
  const parts = images.filter(({ diffIds }) =>
    diffIds.every((layer) => layers.has(layer) && blobs.has(layer)),
  );
  const [part] = parts.toSorted((a, b) => b.size - a.size);
  const others = [...layers.difference(new Set(part?.diffIds))];
  const read = others.map((diffId) => {
    const digest = blobs.get(diffId);
    return digest === undefined ? 0 : (store.find({ digest })?.size ?? 0);
  });
  return Math.max(0, image.size - (part?.size ?? 0) - sum(read));
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
