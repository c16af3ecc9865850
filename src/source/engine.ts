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
import { labelOf, namingImage } from "./naming-image.ts";
import { withNearName } from "./near-name.ts";
import type { ImageReference } from "./reference.ts";
import type { ImageRequest, SourceOptions } from "./request.ts";

/** A requested image, as the engine has it. */
interface FoundImage {
  readonly request: ImageRequest;
  readonly image: EngineImage;
}

/** Reads images of the engine, all by one route: the cheapest that works. */
export async function readFromEngine(
  requests: readonly ImageRequest[],
  options: SourceOptions,
): Promise<ReadonlyMap<ImageRequest, Image>> {
  const engine = await options.engine().catch(async (error) => {
    const [first] = requests;
    throw first === undefined ? error : await withNearName(error, first.reference);
  });
  const found: FoundImage[] = [];
  for (const request of requests) {
    found.push({ request, image: request.found ?? (await provide(request, engine, options)) });
  }
  const images = found.map(({ image }) => image);
  const route =
    options.route === undefined
      ? chooseRoute(images, engine, options)
      : { name: options.route, reason: "as requested" };
  options.remark?.(`Images of the engine are read by ${route.name}: ${route.reason}.`);
  if (route.name === "push") {
    const pushed = await readPushed(found, engine, { ...options, onTrust: route.onTrust });
    if (pushed !== null) return pushed;
  }
  return readSaved(found, engine, options);
}

async function provide(
  request: ImageRequest,
  engine: Engine,
  { signal }: SourceOptions,
): Promise<EngineImage> {
  const { reference, platform } = request;
  return provideImage(reference, platform, engine, signal).catch(async (error) => {
    throw namingImage(await withNearName(error, reference), labelOf(request));
  });
}

/**
 * Finds an image in the engine. Pulls it first if it is a registry's.
 * @throws Failure image-not-found, platform-missing, pull-throttled, or another failure of the engine
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
    `The engine has no image ${name}: build or pull it first, or write registry:${name} to pull it. A path starts with ./ or /.`,
  );
}

/**
 * Has the engine push images. Unread layers that several share are sent once, so these images take turns. An
 * image with only known layers does not wait for them.
 * @returns null if the images need another route
 */
async function readPushed(
  found: readonly FoundImage[],
  engine: Engine,
  options: SourceOptions & { readonly onTrust?: true | undefined },
): Promise<ReadonlyMap<ImageRequest, Image> | null> {
  const trustOf = (image: EngineImage) => (options.onTrust ? trustIn(image, options.store) : null);
  const read = new Set([...options.store.blobs()].map(({ diffId }) => diffId));
  const { known = [], lacking = [] } = Object.groupBy(found, ({ image }) =>
    image.diffIds.every((layer) => read.has(layer)) ? "known" : "lacking",
  );
  const images = new Map<ImageRequest, Image>();
  const readInTurn = async (queue: readonly FoundImage[]) => {
    for (const { request, image } of queue)
      images.set(request, await readPush(request, engine, options, trustOf(image)));
  };
  const results = await Promise.allSettled([
    readInTurn(lacking),
    ...known.map((image) => readInTurn([image])),
  ]);
  const failures = results.filter((result) => result.status === "rejected");
  for (const { reason } of failures) if (!isWorthAnotherRoute(reason)) throw reason;
  const [first] = failures;
  if (first === undefined) return images;
  options.remark?.(`The push failed, so docker save is used. ${first.reason.message}`);
  return null;
}

/** @throws Failure of pushImage and Receiver.image */
async function readPush(
  request: ImageRequest,
  engine: Engine,
  options: SourceOptions,
  trust: Trust | null,
): Promise<Image> {
  const { examine, store, signal, run } = options;
  await using receiver = await openReceiver({ examine, store, signal, run, trust: trust ?? undefined });
  const name = nameOf(request.reference);
  const isPushed = await pushImage(name, receiver, engine, { signal });
  if (!isPushed) throw new Failure("engine-failed", "The engine cannot reach this machine.");
  options.remark?.(`The engine sent ${receiver.size} bytes of ${name}.`);
  const platform = platformOf(request, engine);
  const unproven = trust === null ? [] : receiver.unproven(platform);
  if (trust === null || unproven.length === 0) return receiver.image(platform);
  return readPush(request, engine, options, { ...trust, except: new Set([...trust.except, ...unproven]) });
}

async function readSaved(
  found: readonly FoundImage[],
  engine: Engine,
  { signal, examine, store, needsPullSize }: SourceOptions,
): Promise<ReadonlyMap<ImageRequest, Image>> {
  const names = found.map(({ request }) => nameOf(request.reference));
  const saved = saveImages([...new Set(names)], engine, { signal });
  const archive = await readArchive(saved, { examine, store, needsPullSize });
  return new Map(
    found.map(({ request, image }) => {
      const name = nameOf(request.reference);
      // An image saved by digest has no name in the archive.
      const known = name.includes("@") ? (image.id ?? undefined) : name;
      return [request, imageOf(archive, { name: known, ...platformOf(request, engine) })];
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
