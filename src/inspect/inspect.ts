import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { attributeLayers, ownInstructions } from "../dockerfile/history/attribution.ts";
import { historyOfLayers } from "../dockerfile/history/history.ts";
import { concealedInstruction, readableInstruction } from "../dockerfile/history/readable.ts";
import type { Dockerfile } from "../dockerfile/parse/dockerfile.ts";
import type { Instruction } from "../dockerfile/parse/instruction.ts";
import { instructionsOf as instructionsOfStage } from "../dockerfile/stages/instructions.ts";
import { chainOf, type Stages } from "../dockerfile/stages/stages.ts";
import { bytesOf } from "../image/filesystem/file-sizes.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { mergeLayers } from "../image/filesystem/merge.ts";
import { type Image, readingsOf } from "../image/image.ts";
import type { Digest } from "../oci/digest.ts";
import { candidatesIn } from "./candidates.ts";
import { familyOf } from "./family.ts";
import { findGitDirectories } from "./git-directories.ts";
import { imageFamilyOf } from "./image-family.ts";
import type { InspectedLayer, Inspection } from "./inspection.ts";
import { baseImageStep } from "./layer-chain.ts";
import { withLeftBehind } from "./left-behind/left-behind.ts";
import { findLeftovers } from "./leftovers.ts";
import { firstPointers, lfsPointersIn } from "./lfs-pointers.ts";
import { notesOf } from "./notes.ts";
import { findPackageCaches } from "./package-caches.ts";
import { findPackages } from "./packages/find-packages.ts";
import { pathDirectories } from "./path-directories.ts";
import { findPrivileged } from "./privileged.ts";
import { judgeDistroless } from "./programs/distroless.ts";
import { findPackageManagers } from "./programs/package-manager.ts";
import { findShells } from "./programs/shell.ts";
import { findBuildTools } from "./programs/tools.ts";
import { findUnread } from "./programs/unread.ts";
import { type LayerEstimates, pullSize } from "./pull-size.ts";
import { runsAsOf } from "./runs-as.ts";
import { runtimeOf } from "./runtime.ts";
import { findSecrets } from "./secrets.ts";
import { shownStart } from "./shown-start.ts";
import { surfaceOf } from "./surface.ts";
import { withUses } from "./used-tools.ts";
import { wasteIn } from "./waste.ts";

/** What the image was built from, if known. */
export interface BuildFacts {
  readonly dockerfile: Dockerfile;
  readonly stages: Stages;
  /** digest of the base image as the build resolved it */
  readonly baseImageDigest?: Digest | null;
  /** the builder's record, if this run built the image */
  readonly record?: BuildRecord | null;
}

export interface InspectOptions {
  /** compressed sizes of layers without a known blob; there is no pull size without them */
  readonly estimates?: LayerEstimates;
  /** the merged layers of the image; default: merge them here */
  readonly filesystem?: Filesystem;
  /** values of the build's arguments, which the inspection hides */
  readonly confidential?: readonly string[];
  /** whether this run built the image, possibly with secret values; default false */
  readonly isBuilt?: boolean;
}

/**
 * Returns all facts about one image.
 * @param context null if unknown; lines, stages and base image are then unknown, too
 * @throws Failure archive-invalid if the layers cannot be merged
 */
export function inspect(
  image: Image,
  context: BuildFacts | null = null,
  options: InspectOptions = {},
): Inspection {
  const { estimates = new Map(), confidential = [], isBuilt = false } = options;
  const filesystem = options.filesystem ?? mergeLayers(readingsOf(image));
  const candidates = candidatesIn(filesystem);
  const { waste, byLayer } = wasteIn(filesystem);
  const layers = inspectLayers(image, context, isBuilt).map((layer, index) => ({
    ...layer,
    wastes: byLayer.get(index) ?? 0,
  }));
  const pointers = lfsPointersIn(readingsOf(image));
  const shells = findShells(filesystem, candidates);
  const packageManagers = findPackageManagers(filesystem, candidates);
  const origin = { instructions: instructionsOf(context), confidential, isBuilt };
  const runtime = runtimeOf(image.config, filesystem, origin);
  const start = startOf(image, filesystem, runtime, context);
  const buildTools = findBuildTools(filesystem, candidates, pathDirectories(image.config.env, filesystem));
  const privileged = findPrivileged(candidates);
  return {
    schemaVersion: 1,
    platform: image.platform,
    digest: image.digest,
    configDigest: image.configDigest,
    size: sizeOf(image),
    unpackedSize: bytesOf(filesystem),
    waste,
    pullSize: pullSize(image, estimates),
    layers,
    baseImage: baseImageOf(context),
    stages: stagesOf(context),
    unusedStages: context === null ? null : unusedStages(context.stages),
    sources: context?.stages.sources ?? null,
    shells,
    packageManagers,
    buildTools: withUses(buildTools, { config: image.config, start, shells }),
    distroless: judgeDistroless({ shells, packageManagers, unread: findUnread(candidates) }),
    ...findPackages(filesystem, candidates),
    family: familyOf(filesystem),
    imageFamily: imageFamilyOf(filesystem, context?.stages.baseImage.resolved === "scratch"),
    ...runtime,
    runsAs: runsAsOf(image.config.user, filesystem, runtime.user !== image.config.user),
    start,
    surface: surfaceOf(filesystem, privileged),
    privileged,
    leftovers: findLeftovers(filesystem, candidates),
    secrets: findSecrets(readingsOf(image), filesystem),
    gitDirectories: findGitDirectories(filesystem, candidates),
    packageCaches: findPackageCaches(filesystem),
    lfsPointers: firstPointers(pointers, layers),
    notes: notesOf(readingsOf(image), pointers),
  };
}

function startOf(
  { config }: Image,
  filesystem: Filesystem,
  runtime: Parameters<typeof shownStart>[2],
  context: BuildFacts | null,
): Inspection["start"] {
  const start = shownStart(config, filesystem, runtime);
  return context === null ? start : withLeftBehind(start, context.dockerfile, context.stages);
}

function sizeOf({ layers }: Image): number {
  return layers.reduce((sum, { reading }) => sum + reading.size, 0);
}

function inspectLayers(
  { layers, config }: Image,
  context: BuildFacts | null,
  isBuilt: boolean,
): readonly Omit<InspectedLayer, "wastes">[] {
  const read = layers.map(({ reading, blob }) => ({
    diffId: reading.diffId,
    digest: blob?.digest ?? null,
    size: reading.size,
    tar: { size: reading.tarSize, ...reading.tarParts },
    compressedSize: blob?.size ?? null,
  }));
  const known = { history: config.history, layerCount: layers.length };
  const createdBy = historyOfLayers(known.history, known.layerCount);
  const step =
    context?.record == null ? null : baseImageStep(context.record, context.stages.baseImage.resolved, read);
  const baseLayerCount = step?.layers.length ?? null;
  const attribution = context === null ? null : attributeLayers({ ...known, ...context, baseLayerCount });
  return read.map((layer, index) => {
    const attributed = attribution?.layers[index] ?? null;
    const isPublic = !isBuilt || index < (baseLayerCount ?? 0);
    return {
      ...layer,
      createdBy: attributed?.instruction ?? shownHistory(createdBy[index] ?? null, isPublic),
      line: attributed?.line ?? null,
      origin: attributed?.origin ?? "unknown",
    };
  });
}

/**
 * Returns the history text of a layer that is not from the Dockerfile. BuildKit writes values of variables
 * into it, including those of build arguments (`RUN |1 TOKEN=… make`, `WORKDIR /srv/…`). If this run passed
 * them, and the text is not known to come from the base image, only the keyword is shown.
 */
function shownHistory(createdBy: string | null, isPublic: boolean): string | null {
  if (createdBy === null) return null;
  if (!isPublic) return concealedInstruction(createdBy);
  return /^(?:RUN )?\|[0-9]+ /.test(createdBy) ? readableInstruction(createdBy) : createdBy;
}

function instructionsOf(context: BuildFacts | null): readonly Instruction[] | null {
  return context === null ? null : ownInstructions(context.dockerfile, context.stages);
}

function baseImageOf(context: BuildFacts | null): Inspection["baseImage"] {
  if (context === null) return null;
  const { written, resolved } = context.stages.baseImage;
  return { written, resolved, digest: context.baseImageDigest ?? null };
}

function stagesOf(context: BuildFacts | null): Inspection["stages"] {
  if (context === null) return null;
  const { stages, target } = context.stages;
  const parents = chainOf(stages, target).slice(0, -1);
  return {
    declared: stages.length,
    reachable: stages.filter(({ reachable }) => reachable).length,
    inherits: parents.some((stage) => instructionsOfStage(context.dockerfile, stage).length > 0),
  };
}

function unusedStages({ stages }: Stages): Inspection["unusedStages"] {
  return stages.filter(({ reachable }) => !reachable).map(({ name, line }) => ({ name, line }));
}
