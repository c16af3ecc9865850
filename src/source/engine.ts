import type { Engine } from "../docker/engine/engine.ts";
import { type EngineImage, findEngineImage } from "../docker/engine/image.ts";
import { pullImage, saveImages } from "../docker/engine/save-and-pull.ts";
import { pushImage } from "../docker/registry/push.ts";
import { openReceiver } from "../docker/registry/receiver.ts";
import { type Trust, trustIn } from "../docker/registry/trust.ts";
import { Failure } from "../failure.ts";
import { imageOf, readArchive } from "../image/archive/archive.ts";
import type { Image } from "../image/image.ts";
import { chooseRoute } from "./engine-route.ts";
import { isWorthAnotherRoute } from "./fallback.ts";
import { namingImage, whose } from "./naming-image.ts";
import { withNearName } from "./near-name.ts";
import type { ImageReference } from "./reference.ts";
import type { ImageRequest, SourceOptions } from "./request.ts";

/** Reads images of the engine, all by one route: the cheapest that works. */
export async function readFromEngine(
  wanted: readonly ImageRequest[],
  reading: SourceOptions,
): Promise<ReadonlyMap<ImageRequest, Image>> {
  const engine = await reading.engine().catch(async (error) => {
    const [first] = wanted;
    throw first === undefined ? error : await withNearName(error, first.reference);
  });
  const there: EngineImage[] = [];
  for (const { found, ...one } of wanted) there.push(found ?? (await provide(one, engine, reading)));
  const forced = reading.route;
  const route =
    forced === undefined ? chooseRoute(there, engine, reading) : { name: forced, reason: "asked for" };
  reading.remark?.(`Images of the engine are read by ${route.name}: ${route.reason}.`);
  if (route.name === "push") {
    const pushed = await readPushed(wanted, there, engine, { ...reading, onTrust: route.onTrust });
    if (pushed !== null) return pushed;
  }
  return readSaved(wanted, there, engine, reading);
}

async function provide(
  wanted: ImageRequest,
  engine: Engine,
  { signal }: SourceOptions,
): Promise<EngineImage> {
  const { reference, platform } = wanted;
  return provideImage(reference, platform, engine, signal).catch(async (error) => {
    throw namingImage(await withNearName(error, reference), whose(wanted));
  });
}

/**
 * Has an image in the engine, pulled where it is a registry's.
 * @throws Failure image-not-found, platform-missing, pull-throttled, or another of the engine's
 */
export async function provideImage(
  reference: ImageReference,
  platform: string | null,
  engine: Engine,
  signal: AbortSignal | undefined,
): Promise<EngineImage> {
  const name = nameOf(reference);
  if (reference.kind === "registry") await pullImage(name, platform, engine, { signal });
  const image = await findEngineImage(name, engine, { signal });
  if (image !== null) return image;
  throw new Failure(
    "image-not-found",
    `The engine has no image ${name}: build or pull it first, or write registry:${name} to have it pulled. A path starts with ./ or /.`,
  );
}

/**
 * What several images lack is sent once, so those take turns; those of which everything is known need not wait for them.
 * @param there the same images, as the engine has them
 * @returns null: they have to come another way
 */
async function readPushed(
  wanted: readonly ImageRequest[],
  there: readonly EngineImage[],
  engine: Engine,
  reading: SourceOptions & { readonly onTrust?: true | undefined },
): Promise<ReadonlyMap<ImageRequest, Image> | null> {
  const trustOf = (one: ImageRequest) => {
    const image = there[wanted.indexOf(one)];
    return reading.onTrust && image !== undefined ? trustIn(image, reading.store) : null;
  };
  const read = new Set([...reading.store.blobs()].map(({ diffId }) => diffId));
  const { known = [], lacking = [] } = Object.groupBy(wanted, (_, index) =>
    there[index]?.diffIds.every((layer) => read.has(layer)) ? "known" : "lacking",
  );
  const images = new Map<ImageRequest, Image>();
  const inTurn = async (several: readonly ImageRequest[]) => {
    for (const one of several) images.set(one, await readPush(one, engine, reading, trustOf(one)));
  };
  const endings = await Promise.allSettled([inTurn(lacking), ...known.map((one) => inTurn([one]))]);
  const failures = endings.filter((ending) => ending.status === "rejected");
  for (const { reason } of failures) if (!isWorthAnotherRoute(reason)) throw reason;
  const [first] = failures;
  if (first === undefined) return images;
  reading.remark?.(`A push does not work: docker save instead. ${first.reason.message}`);
  return null;
}

/** @throws Failure of pushImage and Receiver.image */
async function readPush(
  wanted: ImageRequest,
  engine: Engine,
  reading: SourceOptions,
  trust: Trust | null,
): Promise<Image> {
  const { examine, store, signal, run } = reading;
  await using receiver = await openReceiver({ examine, store, signal, run, trust: trust ?? undefined });
  const isPushed = await pushImage(nameOf(wanted.reference), receiver, engine, { signal });
  if (!isPushed) throw new Failure("engine-failed", "The engine does not reach this machine.");
  reading.remark?.(`The engine sent ${receiver.size} bytes of ${nameOf(wanted.reference)}.`);
  const which = platformOf(wanted, engine);
  const unproven = trust === null ? [] : receiver.unproven(which);
  if (trust === null || unproven.length === 0) return receiver.image(which);
  return readPush(wanted, engine, reading, { ...trust, except: new Set([...trust.except, ...unproven]) });
}

async function readSaved(
  wanted: readonly ImageRequest[],
  there: readonly EngineImage[],
  engine: Engine,
  { signal, examine, store, needsPullSize }: SourceOptions,
): Promise<ReadonlyMap<ImageRequest, Image>> {
  const names = wanted.map(({ reference }) => nameOf(reference));
  const saved = saveImages([...new Set(names)], engine, { signal });
  const archive = await readArchive(saved, { examine, store, needsPullSize });
  return new Map(
    wanted.map((one, index) => {
      const name = nameOf(one.reference);
      // Saved by digest, an image has no name in the archive.
      const known = name.includes("@") ? (there[index]?.id ?? undefined) : name;
      return [one, imageOf(archive, { name: known, ...platformOf(one, engine) })];
    }),
  );
}

function platformOf({ platform }: ImageRequest, engine: Engine) {
  return { platform: platform ?? undefined, defaultPlatform: engine.platform };
}

function nameOf(reference: ImageReference): string {
  if (reference.kind === "engine" || reference.kind === "registry") return reference.name;
  throw new Error(`not an image of the engine: ${reference.kind}`);
}
