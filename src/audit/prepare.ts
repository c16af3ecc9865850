import { lstat } from "node:fs/promises";
import { isAbsolute, join } from "node:path";
import { type BuildRequest, buildImage } from "../docker/build/build.ts";
import type { Builder } from "../docker/build/builder.ts";
import type { CacheScope } from "../docker/build/cache-scope.ts";
import { type BuildDefinition, dockerfileOf } from "../docker/build/definition.ts";
import { readDockerfile } from "../docker/build/dockerfile.ts";
import { prepareBase as runBasePrepare } from "../docker/build/prepare-base.ts";
import { isRemoteContext } from "../dockerfile/stages/named-context.ts";
import { Failure } from "../failure.ts";
import { checkOut } from "../git/checkout.ts";
import type { BaseCommit } from "../git/commit.ts";
import type { Repository } from "../git/repository.ts";
import { isTracked } from "../git/tree.ts";
import type { Image } from "../image/image.ts";
import type { MissingBase } from "../policy/finding.ts";
import type { Progress } from "../process/progress.ts";
import { isAbsent } from "../process/system-error.ts";
import type { Mask } from "../secrecy/mask.ts";
import type { ReadBuild } from "../source/builder.ts";
import { provideImage } from "../source/engine.ts";
import { namingImage } from "../source/naming-image.ts";
import { withNearName } from "../source/near-name.ts";
import { readImages } from "../source/read-images.ts";
import { written } from "../source/reference.ts";
import type { ImageRequest, SourceOptions } from "../source/request.ts";
import { missingBaseFor, reasonsUnavailable, whyAbsent } from "./missing-base.ts";
import type { Plan } from "./plan.ts";
import { isMissing, type Side } from "./side.ts";

/** A side with an image that is still to be read, or was read during its build. */
export type PreparedSide = Side<ImageRequest | Image>;

/** Options for making sides. What they acquire is released with the stack, after the images were read. */
export interface PrepareOptions {
  /** absolute root of the head's tree */
  readonly root: string;
  readonly repository: Repository | null;
  readonly env: NodeJS.ProcessEnv;
  readonly progress: Progress;
  readonly mask?: Mask | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly stack: AsyncDisposableStack;
  /** default: this working tree's own */
  readonly cacheScope?: CacheScope | undefined;
  /** called only if something is built */
  readonly builder: () => Promise<Builder>;
  /** how images are read, with the engine */
  readonly reading: SourceOptions;
  /** builds an image that the engine does not receive, and reads it */
  readonly readFromBuilder: (request: BuildRequest, builder: Builder) => Promise<ReadBuild>;
}

/** Prepares the head: builds it from the working tree, or takes an existing image. */
export async function prepareHead(plan: Plan, options: PrepareOptions): Promise<PreparedSide> {
  const { root } = options;
  if (plan.head.kind === "build") return buildSide("head", plan.head.definition, root, options);
  return existing("head", plan.head.reference, plan, root);
}

/**
 * Prepares the base: builds it from its commit in a separate directory, or takes an existing image. A base
 * that is not available is returned as a value: only the rules that need it are then inconclusive.
 */
export async function prepareBaseSide(
  plan: Plan,
  commit: BaseCommit | MissingBase | null,
  basePrepare: string | null,
  options: PrepareOptions,
): Promise<PreparedSide | MissingBase> {
  if (plan.base.kind === "image") return existingBase(plan.base.reference, plan, options);
  const { repository, progress, stack, env, signal, mask } = options;
  if (commit === null || repository === null) throw new Error("a base is to be built and no commit is known");
  if (isMissing(commit)) return commit;
  const { definition } = plan.base;
  try {
    progress.step(`Checking out the base ${commit.name} ${commit.commit.slice(0, 7)}`);
    const checkout = stack.use(await checkOut(repository, commit.commit, { signal }));
    if (basePrepare !== null) {
      progress.step("Preparing the base");
      await runBasePrepare(basePrepare, checkout.directory, { env, log: progress.detail, mask, signal });
    }
    const path = dockerfileOf(definition);
    if (await isNowhere(join(checkout.directory, path))) {
      if (path === dockerfileOf(plan.definition)) return await whyAbsent(definition, commit, repository);
      return {
        reason: "unavailable",
        message: `base-file is ${path}, but ${commit.name} has no such file.`,
      };
    }
    const lacking = await lackingDirectory(definition, checkout.directory);
    if (lacking !== null) {
      const message = `${commit.name} has no directory ${lacking}, which is a build context.`;
      return { reason: "build-failed", message };
    }
    const secretFiles = await secretFilesOf(definition, checkout.directory, {
      repository,
      name: commit.name,
    });
    return await buildSide("base", { ...definition, secretFiles }, checkout.directory, options);
  } catch (error) {
    const missing = missingBaseFor(error);
    for (const line of missing.message.split("\n")) progress.detail(line);
    return missing;
  }
}

async function buildSide(
  side: "head" | "base",
  definition: BuildDefinition,
  root: string,
  options: PrepareOptions,
): Promise<PreparedSide> {
  const { progress, stack, signal, reading } = options;
  const builder = await options.builder();
  const cacheScope = options.cacheScope ?? { repository: options.root, change: "working tree" };
  const request = { definition, side, root, cacheScope };
  progress.step(`Building the ${side}`);
  if (builder.driver !== "docker") {
    const read = await options.readFromBuilder(request, builder);
    return { ...read, definition, isBuilt: true, buildPlatform: builder.platform };
  }
  const { run } = reading;
  const built = stack.use(await buildImage(request, builder, { log: progress.detail, signal, run }));
  const { reference, configDigest, materials, dockerfile, record } = built;
  const name = { kind: "engine", name: reference } as const;
  return {
    image: { reference: name, platform: definition.platform, configDigest, isBuilt: true, side },
    definition,
    dockerfile,
    materials,
    isBuilt: true,
    buildPlatform: builder.platform,
    record,
  };
}

/** Takes an existing image. Its Dockerfile gives lines and stages, if the image's history agrees with it. */
async function existing(
  side: "head" | "base",
  reference: ImageRequest["reference"],
  plan: Plan,
  root: string | null,
): Promise<PreparedSide> {
  return {
    image: { reference, platform: plan.platform, configDigest: null, isBuilt: false, side },
    definition: plan.definition,
    dockerfile: root === null ? null : await readDockerfile(plan.definition, root).then(String, () => null),
    materials: [],
    isBuilt: false,
    buildPlatform: null,
    record: null,
  };
}

/**
 * Takes an existing image as the base, or returns why it is not available. Images on disk are read to find
 * out; those of the engine are read later, together.
 */
async function existingBase(
  reference: ImageRequest["reference"],
  plan: Plan,
  { reading, progress, signal }: PrepareOptions,
): Promise<PreparedSide | MissingBase> {
  progress.step("Finding the base's image");
  try {
    if (!("path" in reference)) {
      const found = await provideImage(reference, plan.platform, await reading.engine(), signal);
      // As an image of the engine it is not pulled again.
      const side = await existing("base", { kind: "engine", name: reference.name }, plan, null);
      return { ...side, image: { ...side.image, found } };
    }
    const side = await existing("base", reference, plan, null);
    const [image] = await readImages([side.image] as const, reading);
    return { ...side, image };
  } catch (error) {
    const label = { name: written(reference), side: "base" } as const;
    return missingBaseFor(namingImage(await withNearName(error, reference), label), reasonsUnavailable);
  }
}

/**
 * Returns the base's secret files: its own if it has them, else those that an earlier step made for the head.
 * A file that only the head has committed is the pull request's, and no base is built with it.
 * @throws Failure build-failed
 */
async function secretFilesOf(
  { secretFiles }: BuildDefinition,
  root: string,
  { repository, name }: { readonly repository: Repository; readonly name: string },
): Promise<BuildDefinition["secretFiles"]> {
  const found = new Map<string, string>();
  for (const [id, path] of secretFiles) {
    const isHeads = !isAbsolute(path) && (await isNowhere(join(root, path)));
    if (isHeads && (await isTracked(repository, path))) {
      throw new Failure(
        "build-failed",
        `${name} has no file ${path}, which its build needs as the secret ${id}.`,
      );
    }
    found.set(id, isHeads ? join(repository.root, path) : path);
  }
  return found;
}

/** Reports whether a path is absent. */
async function isNowhere(path: string): Promise<boolean> {
  return lstat(path).then(() => false, isAbsent);
}

/** Returns a build context that a tree lacks, such as one generated for the head; null if all exist. */
async function lackingDirectory(
  { context, buildContexts }: BuildDefinition,
  root: string,
): Promise<string | null> {
  for (const path of [context, ...buildContexts.values()]) {
    if (!isRemoteContext(path) && (await isNowhere(join(root, path)))) return path;
  }
  return null;
}
