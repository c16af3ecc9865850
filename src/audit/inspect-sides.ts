import type { BuildDefinition } from "../docker/build/definition.ts";
import type { Material } from "../docker/build/metadata.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { parseDockerfile } from "../dockerfile/parse/dockerfile.ts";
import { resolveStages } from "../dockerfile/stages/stages.ts";
import { Failure } from "../failure.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { merging } from "../image/filesystem/merge.ts";
import { type Image, readingsOf } from "../image/image.ts";
import type { Work } from "../image/work.ts";
import { type BuildContext, inspect } from "../inspect/inspect.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { LayerEstimates } from "../inspect/pull-size.ts";
import { searching } from "../inspect/searching.ts";
import type { Digest } from "../oci/digest.ts";

/** What is known about how an image was made. */
export interface Making {
  readonly definition: BuildDefinition;
  /** the Dockerfile's text; null where there is none to be had */
  readonly dockerfile: string | null;
  /** images that the build pulled */
  readonly materials: readonly Material[];
  /** whether this run built it, with the values that it was given */
  readonly isBuilt: boolean;
  /** what the builder says that it did; null where it does not say, or this run built nothing */
  readonly record: BuildRecord | null;
}

/** An inspection, and what else those need who go on to compare it. */
export interface InspectedImage {
  readonly inspection: Inspection;
  /** the final root filesystem that it is about */
  readonly filesystem: Filesystem;
  /** what the builder says that it did; null where it does not say, or this run built nothing */
  readonly record: BuildRecord | null;
}

/**
 * Inspects images, each with the lines of its Dockerfile where that can be read and the image's history agrees with it.
 * What their layers begin with alike is merged and searched once.
 */
export function* inspectingSides(
  sides: readonly (Making & { readonly image: Image })[],
): Work<readonly InspectedImage[]> {
  const filesystems = yield* merging(sides.map(({ image }) => readingsOf(image)));
  const inspected: InspectedImage[] = [];
  for (const [index, side] of sides.entries()) {
    const filesystem = filesystems[index];
    if (filesystem === undefined) throw new Error("an image was given and not merged");
    yield* searching(filesystem);
    const inspection = inspectSide(side.image, side, filesystem);
    inspected.push({ inspection, filesystem, record: side.record });
    yield;
  }
  return inspected;
}

function inspectSide(image: Image, making: Making, filesystem: Filesystem): Inspection {
  const confidential = [...making.definition.buildArgs.values()];
  const { isBuilt } = making;
  const options = { estimates: estimatesOf(image), filesystem, confidential, isBuilt };
  if (making.dockerfile === null) return inspect(image, null, options);
  try {
    return inspect(image, factsOf(making.dockerfile, image, making), options);
  } catch (error) {
    // The image exists, so a Dockerfile that we cannot read costs the report its lines, and no more.
    if (!(error instanceof Failure) || !isOfDockerfile(error)) throw error;
    const inspection = inspect(image, null, options);
    const isForeign = error.code === "frontend-unknown";
    const note = isForeign ? error.message : `Stages, base image and lines are not known: ${error.message}`;
    return { ...inspection, notes: [...inspection.notes, note] };
  }
}

function factsOf(text: string, image: Image, making: Making): BuildContext {
  const { definition, materials, record } = making;
  const dockerfile = parseDockerfile(text, definition.buildArgs.get("BUILDKIT_SYNTAX"));
  const stages = resolveStages(dockerfile, stageRequestOf(definition, image.platform));
  const base = materials.find(({ reference }) => reference === stages.baseImage.resolved);
  return { dockerfile, stages, baseImageDigest: base?.digest ?? null, record };
}

/** Compressed sizes that the reader estimated, where it was asked to. */
function estimatesOf({ layers }: Image): LayerEstimates {
  const estimates = new Map<Digest, number>();
  for (const { reading } of layers) {
    if (reading.gzipSize !== undefined) estimates.set(reading.diffId, reading.gzipSize);
  }
  return estimates;
}

function isOfDockerfile({ code }: Failure): boolean {
  return code === "dockerfile-invalid" || code === "frontend-unknown" || code === "target-unknown";
}

/** A definition's part that decides its stages. */
export function stageRequestOf(definition: BuildDefinition, platform: string | null) {
  return {
    target: definition.target ?? undefined,
    buildArgs: definition.buildArgs,
    buildContexts: definition.buildContexts,
    platform: definition.platform ?? platform ?? undefined,
  };
}
