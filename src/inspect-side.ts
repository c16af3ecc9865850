import type { BuildDefinition } from "./docker/build-definition.ts";
import type { Material } from "./docker/build-metadata.ts";
import { parseDockerfile } from "./dockerfile/dockerfile.ts";
import { resolveStages } from "./dockerfile/stages.ts";
import { Failure } from "./failure.ts";
import type { Digest } from "./image/digest.ts";
import type { Image } from "./image/image.ts";
import { type BuildContext, type InspectedImage, inspectWithFiles } from "./inspect/inspect.ts";

/** What is known about how an image was made. */
export interface Making {
  readonly definition: BuildDefinition;
  /** the Dockerfile's text; null where there is none to be had */
  readonly dockerfile: string | null;
  /** images that the build pulled */
  readonly materials: readonly Material[];
}

/** Inspects an image, with the lines of its Dockerfile where that can be read and the image's history agrees with it. */
export function inspectSide(image: Image, making: Making): InspectedImage {
  if (making.dockerfile === null) return inspectWithFiles(image, null, estimatesOf(image));
  try {
    return inspectWithFiles(image, factsOf(making.dockerfile, image, making), estimatesOf(image));
  } catch (error) {
    // The image exists, so a Dockerfile that we cannot read costs the report its lines, and no more.
    if (!(error instanceof Failure) || !isOfDockerfile(error)) throw error;
    const inspected = inspectWithFiles(image, null, estimatesOf(image));
    const note = `Stages, base image and lines are not known: ${error.message}`;
    return {
      ...inspected,
      inspection: { ...inspected.inspection, notes: [...inspected.inspection.notes, note] },
    };
  }
}

function factsOf(text: string, image: Image, { definition, materials }: Making): BuildContext {
  const dockerfile = parseDockerfile(text);
  const stages = resolveStages(dockerfile, stageRequestOf(definition, image.platform));
  const base = materials.find(({ reference }) => reference === stages.baseImage.resolved);
  return { dockerfile, stages, baseImageDigest: base?.digest ?? null };
}

/** Compressed sizes that the reader estimated, where it was asked to. */
function estimatesOf({ layers }: Image) {
  const estimates = new Map<Digest, number>();
  for (const { reading } of layers) {
    if (reading.gzipSize !== undefined) estimates.set(reading.diffId, reading.gzipSize);
  }
  return { estimates };
}

function isOfDockerfile({ code }: Failure): boolean {
  return code === "dockerfile-invalid" || code === "target-unknown";
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
