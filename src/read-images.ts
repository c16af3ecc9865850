import type { Engine } from "./docker/engine.ts";
import { imageExists, pullImage, saveImages } from "./docker/export.ts";
import { Failure } from "./failure.ts";
import { imageOf, readArchive } from "./image/archive.ts";
import type { Examine } from "./image/content.ts";
import type { Digest } from "./image/digest.ts";
import type { Image } from "./image/image.ts";
import type { ReadingStore } from "./image/reading-store.ts";
import { readImageFile } from "./source/open.ts";
import type { ImageReference } from "./source/reference.ts";

/** One image that is to be read. */
export interface Wanted {
  readonly reference: ImageReference;
  /** os/arch[/variant]; null = the only one, or this machine's */
  readonly platform: string | null;
  /** the config that the builder said it made; another one is an error, never audited in its place */
  readonly configDigest: Digest | null;
}

export interface Reading {
  readonly examine: Examine;
  /** readings made so far, so that no layer is read twice */
  readonly store: ReadingStore;
  /** whether compressed sizes are estimated where the engine keeps layers only unpacked */
  readonly estimatesGzip?: boolean;
  /** asked for only when an image is the engine's */
  readonly engine: () => Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads images, whatever route their bytes come by; those of the engine together, in one stream, since it writes the
 * layers that they share only once.
 */
export async function readImages(wanted: readonly Wanted[], reading: Reading): Promise<readonly Image[]> {
  const images = new Map<Wanted, Image>();
  const inEngine = wanted.filter(
    ({ reference }) => reference.kind === "engine" || reference.kind === "registry",
  );
  if (inEngine.length > 0) {
    for (const [one, image] of await readFromEngine(inEngine, reading)) images.set(one, image);
  }
  for (const one of wanted) {
    if (images.has(one)) continue;
    const { examine, store, signal } = reading;
    images.set(one, await readImageFile(one.reference, { platform: one.platform, examine, store, signal }));
  }
  return wanted.map((one) => verified(one, images.get(one)));
}

async function readFromEngine(wanted: readonly Wanted[], reading: Reading): Promise<Map<Wanted, Image>> {
  const engine = await reading.engine();
  const { signal, examine, store, estimatesGzip } = reading;
  for (const { reference, platform } of wanted) await provide(reference, platform, engine, signal);
  const names = wanted.map(({ reference }) => nameOf(reference));
  const saved = saveImages([...new Set(names)], engine, { signal });
  const archive = await readArchive(saved.bytes, { examine, store, estimatesGzip });
  await saved.done;
  return new Map(
    wanted.map((one) => [
      one,
      imageOf(archive, {
        reference: nameOf(one.reference),
        platform: one.platform ?? undefined,
        defaultPlatform: engine.platform,
      }),
    ]),
  );
}

async function provide(
  reference: ImageReference,
  platform: string | null,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<void> {
  const name = nameOf(reference);
  if (reference.kind === "registry") return pullImage(name, platform, engine, { signal });
  if (await imageExists(name, engine, { signal })) return;
  throw new Failure(
    "image-not-found",
    `The engine has no image ${name}: build or pull it first, or write registry:${name} to have it pulled. A path starts with ./ or /.`,
  );
}

function nameOf(reference: ImageReference): string {
  if (reference.kind === "engine" || reference.kind === "registry") return reference.name;
  throw new Error(`not an image of the engine: ${reference.kind}`);
}

function verified(wanted: Wanted, image: Image | undefined): Image {
  if (image === undefined) throw new Error("an image was asked for and not read");
  if (wanted.configDigest !== null && wanted.configDigest !== image.configDigest) {
    throw new Failure(
      "digest-mismatch",
      `The image that was read (${image.configDigest}) is not the one that was built (${wanted.configDigest}): something replaced it in between. Run again.`,
    );
  }
  return image;
}
