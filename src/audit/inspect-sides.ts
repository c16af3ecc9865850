import type { BuildDefinition } from "../docker/build/definition.ts";
import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { parseDockerfile } from "../dockerfile/parse/dockerfile.ts";
import { resolveStages, type StageRequest } from "../dockerfile/stages/stages.ts";
import { Failure } from "../failure.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { merging } from "../image/filesystem/merge.ts";
import { type Image, readingsOf } from "../image/image.ts";
import type { Work } from "../image/work.ts";
import { type BuildFacts, inspect } from "../inspect/inspect.ts";
import type { Inspection } from "../inspect/inspection.ts";
import type { LayerEstimates } from "../inspect/pull-size.ts";
import { searching } from "../inspect/searching.ts";
import type { Digest } from "../oci/digest.ts";
import { isMissing, type Side, type Sides } from "./side.ts";

/** An inspection, and what a comparison needs besides. */
export interface InspectedImage {
  readonly inspection: Inspection;
  /** the final root filesystem that was inspected */
  readonly filesystem: Filesystem;
  /** the builder's record of the build; null if there is none, or this run did not build the image */
  readonly record: BuildRecord | null;
}

/**
 * Inspects both sides, each with the lines of its Dockerfile if that can be read and agrees with the image's
 * history. Layers that both begin with are merged and searched once.
 */
export function* inspectingSides({ head, base }: Sides<Side>): Work<Sides<InspectedImage>> {
  if (isMissing(base)) {
    const [filesystem] = yield* merging([readingsOf(head.image)] as const);
    return { head: yield* inspectingSide(head, filesystem), base };
  }
  const [headFiles, baseFiles] = yield* merging([readingsOf(head.image), readingsOf(base.image)] as const);
  return {
    head: yield* inspectingSide(head, headFiles),
    base: yield* inspectingSide(base, baseFiles),
  };
}

function* inspectingSide(side: Side, filesystem: Filesystem): Work<InspectedImage> {
  yield* searching(filesystem);
  const inspection = inspectSide(side, filesystem);
  yield;
  return { inspection, filesystem, record: side.record };
}

function inspectSide(side: Side, filesystem: Filesystem): Inspection {
  const { image, dockerfile, isBuilt } = side;
  const confidential = [...side.definition.buildArgs.values()];
  const options = { estimates: estimatesOf(image), filesystem, confidential, isBuilt };
  if (dockerfile === null) return inspect(image, null, options);
  try {
    return inspect(image, factsOf(dockerfile, side), options);
  } catch (error) {
    // The image exists, so an unreadable Dockerfile only costs the report its lines.
    if (!(error instanceof Failure) || !isOfDockerfile(error)) throw error;
    const inspection = inspect(image, null, options);
    const isForeign = error.code === "frontend-unknown";
    const note = isForeign ? error.message : `Stages, base image and lines are unknown: ${error.message}`;
    return { ...inspection, notes: [...inspection.notes, note] };
  }
}

function factsOf(text: string, { image, definition, buildPlatform, materials, record }: Side): BuildFacts {
  const dockerfile = parseDockerfile(text, definition.buildArgs.get("BUILDKIT_SYNTAX"));
  const stages = resolveStages(
    dockerfile,
    stageRequestOf(definition, { platform: image.platform, buildPlatform }),
  );
  const base = materials.find(({ reference }) => reference === stages.baseImage.resolved);
  return { dockerfile, stages, baseImageDigest: base?.digest ?? null, record };
}

/** Returns the compressed sizes that the reader estimated, if asked to. */
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

/**
 * Returns what decides the stages of a Dockerfile.
 * @param known the platforms of a built image and of the machine that built it
 */
export function stageRequestOf(
  definition: BuildDefinition,
  known: { readonly platform: string; readonly buildPlatform: string | null } | null,
): StageRequest {
  return {
    target: definition.target ?? undefined,
    buildArgs: definition.buildArgs,
    buildContexts: definition.buildContexts,
    platform: definition.platform ?? known?.platform,
    buildPlatform: known?.buildPlatform ?? undefined,
  };
}
