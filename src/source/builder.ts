import type { Destination } from "../docker/build/arguments.ts";
import { type BuildRequest, buildImage } from "../docker/build/build.ts";
import type { Builder } from "../docker/build/builder.ts";
import { DeliveryFailure } from "../docker/build/failure.ts";
import type { Material } from "../docker/build/metadata.ts";
import { presetBlobs, removePresetBlobs } from "../docker/build/preset-blobs.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { openReceiver } from "../docker/registry/receiver.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { Failure, throwIfCancelled } from "../failure.ts";
import type { Image } from "../image/image.ts";
import type { ReadOptions } from "../image/readings/read-options.ts";
import { once } from "../process/once.ts";
import { temporaryDirectory } from "../process/temporary-directory.ts";
import { readImageFile } from "./disk.ts";
import { isWorthAnotherRoute } from "./fallback.ts";
import { namingImage } from "./naming-image.ts";
import { verifyBuilt } from "./request.ts";

/**
 * How a builder delivers images: pushed to our registry, or as an OCI layout. A preset layout has empty files
 * in place of known blobs.
 */
export type BuilderRoute = "push" | "preset layout" | "whole layout";

/** How images from a builder are read. Blobs of readings in the store are not transferred again. */
export interface BuilderOptions extends ReadOptions {
  /** forces the route that is tried first; default: the cheapest */
  readonly route?: BuilderRoute | undefined;
  readonly run?: RunId | undefined;
  /** receives the builder's output, and which route an image takes, and why */
  readonly log: (line: string) => void;
  /** removes what is written to disk */
  readonly stack: AsyncDisposableStack;
}

/** An image that was built and read. Its builder keeps only the cache. */
export interface ReadBuild {
  readonly image: Image;
  /** the Dockerfile's text, as it was built */
  readonly dockerfile: string;
  readonly materials: readonly Material[];
  /** the builder's record of the build; null if there is none */
  readonly record: BuildRecord | null;
}

/**
 * Makes a function that builds images with a builder other than the engine's own, and reads them by the
 * cheapest route that works. Both sides use the same function: a route that failed for the first is not tried
 * for the second, and they share one layout.
 * @returns a function that throws what buildImage and reading an image throw
 */
export function builderReader(
  reading: BuilderOptions,
): (request: BuildRequest, builder: Builder) => Promise<ReadBuild> {
  const layout = once(() => openLayout(reading));
  let route: BuilderRoute | null = null;
  return async (request, builder) => {
    route ??= chooseRoute(builder, reading);
    if (route === "push") {
      const pushed = await buildAndReceive(request, builder, reading);
      if (pushed !== null) return pushed;
      route = "preset layout";
    }
    return buildIntoLayout(request, builder, await layout(), reading);
  };
}

function chooseRoute(builder: Builder, { route, log }: BuilderOptions): BuilderRoute {
  const chosen = route ?? (builder.builderSharesLoopback ? "push" : "preset layout");
  const reason = builder.builderSharesLoopback
    ? "it shares this machine's loopback"
    : "it may not share this machine's loopback";
  log(`Images leave the builder by ${chosen}: ${route === undefined ? reason : "as requested"}.`);
  return chosen;
}

/** Builds an image that the builder pushes to us. Null if it was built, but needs another route. */
async function buildAndReceive(
  request: BuildRequest,
  builder: Builder,
  { examine, store, signal, run, log }: BuilderOptions,
): Promise<ReadBuild | null> {
  const name = nameOf(request);
  await using receiver = await openReceiver({ examine, store, signal, run });
  const destination = { kind: "receiver", reference: receiver.reference } as const;
  const giveUp = (error: unknown): null => {
    if (!isWorthAnotherRoute(error)) throw namingImage(error, { name, side: null });
    log(`${name} could not be pushed here, so an OCI layout is used. ${error.message}`);
    return null;
  };

  const built = await buildImage(request, builder, { log, signal, run, destination }).catch(
    (error: unknown) => {
      throwIfCancelled(signal);
      if (!(error instanceof DeliveryFailure) && receiver.refusal === null) throw error;
      return giveUp(receiver.refusal ?? error);
    },
  );
  if (built === null) return null;
  const { materials, configDigest, dockerfile, record } = built;
  try {
    const platform = request.definition.platform ?? undefined;
    const wanted = { platform, defaultPlatform: builder.platform, configDigest: configDigest ?? undefined };
    return { image: receiver.image(wanted), dockerfile, materials, record };
  } catch (error) {
    return giveUp(error);
  }
}

async function openLayout({ store, stack, route, log }: BuilderOptions): Promise<string> {
  const directory = stack.use(await temporaryDirectory()).path;
  const preset = route === "whole layout" ? 0 : await presetBlobs(directory, store);
  log(`The OCI layout starts with ${preset} known blobs, which need not be written.`);
  return directory;
}

async function buildIntoLayout(
  request: BuildRequest,
  builder: Builder,
  directory: string,
  reading: BuilderOptions,
): Promise<ReadBuild> {
  const destination: Destination = { kind: "layout", directory };
  const { log, signal, run } = reading;
  const build = async () => {
    const built = await buildImage(request, builder, { log, signal, run, destination });
    const { reference, configDigest, materials, dockerfile, record } = built;
    const image = await readImageFile(
      { kind: "oci-dir", path: directory, name: reference },
      { ...reading, platform: request.definition.platform },
    );
    return { image: verifyBuilt(image, configDigest), dockerfile, materials, record };
  };
  const name = nameOf(request);
  try {
    return await build();
  } catch (error) {
    const isMissing = error instanceof Failure && error.code === "blob-missing";
    // A stored reading may be damaged, or removed in the meantime.
    if (!isMissing || (await removePresetBlobs(directory)) === 0)
      throw namingImage(error, { name, side: null });
    log(`${name} is built again, with all its blobs: a known one is missing.`);
    return await build().catch((again: unknown) => {
      throw namingImage(again, { name, side: null });
    });
  }
}

function nameOf({ side }: BuildRequest): string {
  return `The ${side}'s image`;
}
