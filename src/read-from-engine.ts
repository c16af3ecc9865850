import type { Engine } from "./docker/engine.ts";
import { imageExists, pullImage, saveImages } from "./docker/export.ts";
import { pushImage } from "./docker/push.ts";
import { openReceiver } from "./docker/receive.ts";
import { Failure } from "./failure.ts";
import { imageOf, readArchive } from "./image/archive.ts";
import type { Image } from "./image/image.ts";
import type { Reading, Wanted } from "./read-images.ts";
import type { ImageReference } from "./source/reference.ts";

/** Reads images of the engine, all by one route: the cheapest that works. */
export async function readFromEngine(
  wanted: readonly Wanted[],
  reading: Reading,
): Promise<ReadonlyMap<Wanted, Image>> {
  const engine = await reading.engine();
  for (const { reference, platform } of wanted) await provide(reference, platform, engine, reading.signal);
  const route = routeOf(engine, reading);
  reading.remark?.(`Images of the engine are read by ${route.name}: ${route.reason}.`);
  if (route.name === "push") {
    const pushed = await readPushed(wanted, engine, reading);
    if (pushed !== null) return pushed;
    reading.remark?.("The engine cannot push it here: docker save instead.");
  }
  return readSaved(wanted, engine, reading);
}

/** How the engine's images come here: pushed to a registry of ours, or in one stream of `docker save`. */
interface Route {
  readonly name: "push" | "save";
  readonly reason: string;
}

/**
 * A push sends only what was not read before, with its blobs as they are stored. An engine with a graph driver stores none:
 * it compresses what it pushes, which takes three times as long as saving all, and tells the true pull size.
 */
function routeOf({ store, isLocal }: Engine, { needsPullSize, route }: Reading): Route {
  if (route !== undefined) return { name: route, reason: "asked for" };
  if (!isLocal) return { name: "save", reason: "the engine runs elsewhere" };
  if (store === "containerd")
    return { name: "push", reason: "it sends blobs as they are stored, new ones only" };
  if (needsPullSize) return { name: "push", reason: "a limit asks for the compressed size" };
  return { name: "save", reason: "a graph driver would compress what it pushes" };
}

/** One after the other, so that what they share is sent once. Null: the engine cannot push to us. */
async function readPushed(
  wanted: readonly Wanted[],
  engine: Engine,
  { examine, store, signal, run }: Reading,
): Promise<ReadonlyMap<Wanted, Image> | null> {
  const images = new Map<Wanted, Image>();
  for (const one of wanted) {
    await using receiver = await openReceiver({ examine, store, signal, run });
    if (!(await pushImage(nameOf(one.reference), receiver, engine, { signal }))) return null;
    images.set(one, receiver.image(platformOf(one, engine)));
  }
  return images;
}

async function readSaved(
  wanted: readonly Wanted[],
  engine: Engine,
  { signal, examine, store, needsPullSize }: Reading,
): Promise<ReadonlyMap<Wanted, Image>> {
  const names = wanted.map(({ reference }) => nameOf(reference));
  const saved = saveImages([...new Set(names)], engine, { signal });
  const archive = await readArchive(saved.bytes, { examine, store, estimatesGzip: needsPullSize });
  await saved.done;
  const imageFor = (one: Wanted) =>
    imageOf(archive, { reference: nameOf(one.reference), ...platformOf(one, engine) });
  return new Map(wanted.map((one) => [one, imageFor(one)]));
}

function platformOf({ platform }: Wanted, engine: Engine) {
  return { platform: platform ?? undefined, defaultPlatform: engine.platform };
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
