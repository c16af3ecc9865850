import type { Destination } from "../docker/build/arguments.ts";
import { type BuildRequest, buildImage } from "../docker/build/build.ts";
import type { Builder } from "../docker/build/builder.ts";
import { DeliveryFailure } from "../docker/build/failure.ts";
import type { Material } from "../docker/build/metadata.ts";
import { plantBlobs, uprootBlobs } from "../docker/build/preset-blobs.ts";
import type { RunId } from "../docker/engine/tags.ts";
import { openReceiver } from "../docker/registry/receiver.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { Failure, throwIfCancelled } from "../failure.ts";
import type { Image } from "../image/image.ts";
import type { Examine } from "../image/layer/content.ts";
import type { ReadingStore } from "../image/readings/reading-store.ts";
import { once } from "../process/once.ts";
import { temporaryDirectory } from "../process/temporary-directory.ts";
import { readImageFile } from "./disk.ts";
import { mayDoBetter } from "./fallback.ts";
import { located } from "./naming-image.ts";
import { ofBuild } from "./request.ts";

/** How images come out of a builder: pushed to a registry of ours, or as an OCI layout, with what is known planted or without. */
export type BuilderRoute = "push" | "planted layout" | "whole layout";

export interface BuilderReading {
  readonly examine: Examine;
  /** readings made so far: their blobs are not asked for again */
  readonly store: ReadingStore;
  /** forces the route that is tried first; unless given, the cheapest */
  readonly route?: BuilderRoute | undefined;
  readonly run?: RunId | undefined;
  /** takes the builder's output, and which way an image comes, and why */
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** what is written to disk is removed with it */
  readonly stack: AsyncDisposableStack;
}

/** An image that was built and read; nothing of it is left in its builder but the cache. */
export interface ReadBuild {
  readonly image: Image;
  /** the Dockerfile's text, as it was built */
  readonly dockerfile: string;
  readonly materials: readonly Material[];
  /** what the builder says that it did; null where it does not say */
  readonly record: BuildRecord | null;
}

/**
 * Has images built by a builder that is not the engine's own, and reads them at once, by the cheapest route that works. One for
 * both sides: a route that did not work for the first is not tried for the second, and they share one layout.
 * @returns a function that throws what buildImage and reading an image throw
 */
export function builderReader(
  reading: BuilderReading,
): (request: BuildRequest, engine: Builder) => Promise<ReadBuild> {
  const layout = once(() => openLayout(reading));
  let route: BuilderRoute | null = null;
  return async (request, engine) => {
    route ??= chooseRoute(engine, reading);
    if (route === "push") {
      const pushed = await buildAndReceive(request, engine, reading);
      if (pushed !== null) return pushed;
      route = "planted layout";
    }
    return buildIntoLayout(request, engine, await layout(), reading);
  };
}

function chooseRoute(engine: Builder, { route, log }: BuilderReading): BuilderRoute {
  const chosen = route ?? (engine.builderSharesLoopback ? "push" : "planted layout");
  const reason = engine.builderSharesLoopback
    ? "it shares this machine's loopback"
    : "it may have another loopback than this machine's";
  log(`Images come out of the builder by ${chosen}: ${route === undefined ? reason : "asked for"}.`);
  return chosen;
}

/** Null: it was built, and has to come another way. */
async function buildAndReceive(
  request: BuildRequest,
  engine: Builder,
  { examine, store, signal, run, log }: BuilderReading,
): Promise<ReadBuild | null> {
  const name = nameOf(request);
  await using receiver = await openReceiver({ examine, store, signal, run });
  const destination = { kind: "receiver", reference: receiver.reference } as const;
  const giveUp = (error: unknown): null => {
    if (!mayDoBetter(error)) throw located(error, { name, side: null });
    log(`${name} could not be pushed here; an OCI layout instead. ${error.message}`);
    return null;
  };

  const built = await buildImage(request, engine, { log, signal, run, destination }).catch(
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
    const wanted = { platform, defaultPlatform: engine.platform, configDigest: configDigest ?? undefined };
    return { image: receiver.image(wanted), dockerfile, materials, record };
  } catch (error) {
    return giveUp(error);
  }
}

async function openLayout({ store, stack, route, log }: BuilderReading): Promise<string> {
  const directory = stack.use(await temporaryDirectory()).path;
  const planted = route === "whole layout" ? 0 : await plantBlobs(directory, store);
  log(`The OCI layout starts with ${planted} blobs that are known and need not be written.`);
  return directory;
}

async function buildIntoLayout(
  request: BuildRequest,
  engine: Builder,
  directory: string,
  reading: BuilderReading,
): Promise<ReadBuild> {
  const destination: Destination = { kind: "layout", directory };
  const { log, signal, run } = reading;
  const build = async () => {
    const built = await buildImage(request, engine, { log, signal, run, destination });
    const { reference, configDigest, materials, dockerfile, record } = built;
    const image = await readImageFile(
      { kind: "oci-dir", path: directory, name: reference },
      { ...reading, platform: request.definition.platform },
    );
    return { image: ofBuild(image, configDigest), dockerfile, materials, record };
  };
  const name = nameOf(request);
  try {
    return await build();
  } catch (error) {
    const isMissing = error instanceof Failure && error.code === "blob-missing";
    // A kept reading may prove damaged, or have gone meanwhile.
    if (!isMissing || (await uprootBlobs(directory)) === 0) throw located(error, { name, side: null });
    log(`${name} is built again, with all its blobs: one that was known is not any more.`);
    return await build().catch((again: unknown) => {
      throw located(again, { name, side: null });
    });
  }
}

function nameOf({ side }: BuildRequest): string {
  return `The ${side}'s image`;
}
