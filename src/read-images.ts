import type { Engine } from "./docker/engine.ts";
import { imageExists, pullImage, saveImages } from "./docker/export.ts";
import { pushImage } from "./docker/push.ts";
import { openReceiver } from "./docker/receive.ts";
import type { RunId } from "./docker/tags.ts";
import { Failure, type FailureCode } from "./failure.ts";
import { imageOf, readArchive } from "./image/archive.ts";
import type { Examine } from "./image/content.ts";
import type { Digest } from "./image/digest.ts";
import type { Image } from "./image/image.ts";
import { type ReadingStore, readingsOfThisRun } from "./image/reading-store.ts";
import { readImageFile } from "./source/open.ts";
import type { ImageReference } from "./source/reference.ts";

/** One image that is to be read. */
export interface Wanted {
  readonly reference: ImageReference;
  /** os/arch[/variant]; null = the only one, or this machine's */
  readonly platform: string | null;
  /** the config that the builder said it made; another one is an error, never audited in its place */
  readonly configDigest: Digest | null;
  /** whether this run built it, so that no one else has put bytes under its digests: what is known is not read again */
  readonly isBuilt: boolean;
}

export interface Reading {
  readonly examine: Examine;
  /** readings made so far, so that no layer is read twice */
  readonly store: ReadingStore;
  /** whether a limit is on the pull size, so that it has to be known, or at least estimated */
  readonly needsPullSize?: boolean | undefined;
  /** forces the way that the engine's images come by; unless given, the cheapest */
  readonly route?: "push" | "save" | undefined;
  /** names what this run makes in the engine */
  readonly run?: RunId | undefined;
  /** told which way images came by, and why */
  readonly remark?: ((line: string) => void) | undefined;
  /** asked for only when an image is the engine's */
  readonly engine: () => Promise<Engine>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads images, whatever route their bytes come by; those of the engine together, in one stream, since it writes the
 * layers that they share only once.
 */
export async function readImages(wanted: readonly Wanted[], reading: Reading): Promise<readonly Image[]> {
  try {
    return await readAll(wanted, reading);
  } catch (error) {
    throw located(error, wanted);
  }
}

async function readAll(wanted: readonly Wanted[], reading: Reading): Promise<readonly Image[]> {
  const images = new Map<Wanted, Image>();
  const inEngine = wanted.filter(
    ({ reference }) => reference.kind === "engine" || reference.kind === "registry",
  );
  if (inEngine.length > 0) {
    for (const [one, image] of await readFromEngine(inEngine, reading)) images.set(one, image);
  }
  for (const one of wanted) {
    if (images.has(one)) continue;
    const { examine, signal } = reading;
    // A file may be damaged under a digest that is known, and its reader is the one to notice.
    const store = one.isBuilt ? reading.store : readingsOfThisRun();
    images.set(one, await readImageFile(one.reference, { platform: one.platform, examine, store, signal }));
  }
  return wanted.map((one) => verified(one, images.get(one)));
}

async function readFromEngine(
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
    reading.remark?.("The engine does not reach this machine's loopback: docker save instead.");
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

/** The reader of bytes does not know whose they are. */
function located(error: unknown, wanted: readonly Wanted[]): unknown {
  if (!(error instanceof Failure) || !ofBytes.has(error.code)) return error;
  const names = wanted.map(({ reference }) => ("path" in reference ? reference.path : reference.name));
  const advice = error.code.startsWith("archive-") ? " Build, save or pull it again." : "";
  return new Failure(error.code, `${names.join(" or ")} cannot be read. ${error.message}${advice}`, {
    cause: error,
  });
}

const ofBytes: ReadonlySet<FailureCode> = new Set([
  "archive-truncated",
  "archive-invalid",
  "image-invalid",
  "layer-unsupported",
  "limit-exceeded",
  "blob-missing",
]);

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
