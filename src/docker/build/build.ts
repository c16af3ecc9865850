import type { BuildRecord } from "../../dockerfile/build-record/build-record.ts";
import { throwIfCancelled } from "../../failure.ts";
import type { Digest } from "../../oci/digest.ts";
import { readLines } from "../../process/lines.ts";
import { temporaryDirectory } from "../../process/temporary-directory.ts";
import { type Mask, maskOf } from "../../secrecy/mask.ts";
import { startDocker } from "../engine/docker.ts";
import { retryThrottled } from "../engine/retry.ts";
import { newReference, newRunId, type RunId, removeTag } from "../engine/tags.ts";
import { buildArguments, type Destination } from "./arguments.ts";
import type { Builder } from "./builder.ts";
import type { CacheScope } from "./cache-scope.ts";
import { confidentialOf } from "./confidential.ts";
import { confirmDockerfile } from "./confirm-dockerfile.ts";
import { type BuildDefinition, dockerfileOf } from "./definition.ts";
import { buildFailure, DeliveryFailure, isOfPush } from "./failure.ts";
import { withRegistryDigests } from "./materials.ts";
import type { Material } from "./metadata.ts";
import { readBuildMetadata } from "./metadata-file.ts";
import { buildLog, mostLogged } from "./progress.ts";
import { findSources } from "./sources.ts";
import { stagePaths } from "./staged-paths.ts";

export interface BuildRequest {
  readonly definition: BuildDefinition;
  readonly side: "head" | "base";
  /** absolute directory of that side's tree */
  readonly root: string;
  readonly cacheScope: CacheScope;
}

/** An image that was built. If it was delivered to the engine, disposing of it removes its tag there. */
export interface Built extends AsyncDisposable {
  /** `name:tag` in the engine or in the layout's index, or the receiver's reference */
  readonly reference: string;
  readonly configDigest: Digest | null;
  /** the text of the Dockerfile that was built */
  readonly dockerfile: string;
  /** the images that the build pulled */
  readonly materials: readonly Material[];
  /** the builder's record of the build; null if there is none */
  readonly record: BuildRecord | null;
}

export interface BuildOptions {
  /** receives the builder's output line by line, sanitized */
  readonly log: (line: string) => void;
  readonly signal?: AbortSignal | undefined;
  /** part of the tag, so that a killed run's tags can be found; default: a new ID */
  readonly run?: RunId | undefined;
  /**
   * Where the image is delivered; default: the engine. Both sides may use the same layout, one after the
   * other: existing blobs are not written again.
   */
  readonly destination?: Destination | undefined;
}

/**
 * Builds one side's image. Build the base first, then the head, on the same builder: unchanged steps are then
 * cache hits.
 * @throws Failure build-failed, target-unknown, dockerfile-missing, dockerfile-differs, file-refused,
 * pull-throttled, context-outside-workspace, engine-no-space, cancelled, or another failure of the engine; a
 * DeliveryFailure if only the push to the receiver failed
 */
export async function buildImage(
  request: BuildRequest,
  engine: Builder,
  options: BuildOptions,
): Promise<Built> {
  const { definition, side, root, cacheScope } = request;
  const { signal, destination = { kind: "engine" }, log } = options;
  throwIfCancelled(signal);
  const sources = await findSources(definition, root);

  await using built = new AsyncDisposableStack();
  await using temporary = await temporaryDirectory();
  const places = await stagePaths(sources, definition, side, temporary.path);
  const reference =
    destination.kind === "receiver" ? destination.reference : newReference(side, options.run ?? newRunId());
  if (destination.kind === "engine") built.defer(() => removeTag(reference, engine, signal));

  const { builder } = engine;
  const args = buildArguments({ definition, side, cacheScope, places, builder, reference, destination });
  const dockerfile = { path: dockerfileOf(definition), text: sources.dockerfile.toString("utf8") };
  const { secretFiles } = sources;
  const mask = maskOf(await confidentialOf({ ...definition, secretFiles }, engine.env));
  await retryThrottled(() => runBuild(args, request, mask, dockerfile, engine, options), signal);
  const { configDigest, materials, recorded, record } = await readBuildMetadata(places.metadata);
  if (!confirmDockerfile(sources.dockerfile, recorded, definition, side)) {
    log("The builder recorded no Dockerfile to compare with the one that was read.");
  }
  const pulled = await withRegistryDigests(materials, engine, signal);
  const kept = built.move();
  return {
    reference,
    configDigest,
    dockerfile: dockerfile.text,
    materials: pulled,
    record,
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

async function runBuild(
  args: readonly string[],
  { definition, side, root }: BuildRequest,
  mask: Mask,
  dockerfile: { readonly path: string; readonly text: string },
  engine: Builder,
  { log, signal, destination }: BuildOptions,
): Promise<void> {
  const env: NodeJS.ProcessEnv = {
    ...engine.env,
    // Works with any driver, even where no attestation can be attached.
    BUILDX_METADATA_PROVENANCE: "max",
    // Otherwise buildx runs git in the context and trusts what a pull request put there.
    BUILDX_GIT_INFO: "false",
    BUILDX_GIT_LABELS: "false",
    DOCKER_CLI_HINTS: "false",
  };
  // A relative oci-layout:// context is relative to buildx's working directory.
  const child = startDocker(args, { env, cwd: root, signal });
  child.stdout.resume();
  const progress = buildLog(log, mostLogged, mask);
  try {
    await readLines(child.stderr, progress.read);
  } catch (error) {
    child.kill();
    throw error;
  }
  const { code } = await child.end;
  if (code !== 0) {
    const outcome = progress.end();
    const failure = buildFailure(outcome, side, definition.target, dockerfile);
    throw destination?.kind === "receiver" && isOfPush(outcome, destination.reference)
      ? new DeliveryFailure("build-failed", failure.message)
      : failure;
  }
}
