import type { BuildRecord } from "../dockerfile/build-record/build-record.ts";
import { attributeLayers, ownInstructions } from "../dockerfile/history/attribution.ts";
import { historyOfLayers } from "../dockerfile/history/history.ts";
import { concealedInstruction, readableInstruction } from "../dockerfile/history/readable.ts";
import type { Dockerfile } from "../dockerfile/parse/dockerfile.ts";
import type { Instruction } from "../dockerfile/parse/instruction.ts";
import type { Stages } from "../dockerfile/stages/stages.ts";
import type { Filesystem } from "../image/filesystem/filesystem.ts";
import { mergeLayers } from "../image/filesystem/merge.ts";
import { type Image, readingsOf } from "../image/image.ts";
import type { Digest } from "../oci/digest.ts";
import { candidatesIn } from "./candidates.ts";
import { familyOf } from "./family.ts";
import { findGitDirectories } from "./git-directories.ts";
import { baseImageStep } from "./layer-chain.ts";
import { firstPointers, lfsPointersIn } from "./lfs-pointers.ts";
import { notesOf } from "./notes.ts";
import { judgeDistroless } from "./programs/distroless.ts";
import { findBuildTools, findPackageManagers } from "./programs/package-manager.ts";
import { findShells } from "./programs/shell.ts";
import { findUnread } from "./programs/unread.ts";
import { type LayerEstimates, pullSize } from "./pull-size.ts";
import { runtimeOf } from "./runtime.ts";
import { imageSize, unpackedSize } from "./size.ts";

/** Bytes that a registry would serve for the image: manifest, config and layers as stored. */
export interface PullSize {
  readonly bytes: number;
  /** false: an estimate, and the truth lies between low and high */
  readonly exact: boolean;
  readonly low: number;
  readonly high: number;
}

export type LayerOrigin = "base-image" | "own" | "unknown";

export interface InspectedLayer {
  readonly diffId: Digest;
  /** of the blob as stored; null where the route cannot know it */
  readonly digest: Digest | null;
  /** payload bytes */
  readonly size: number;
  readonly compressedSize: number | null;
  /**
   * what made the layer: the Dockerfile's text, or the history's where the layer is not of the Dockerfile. Null where
   * neither tells
   */
  readonly createdBy: string | null;
  /** 1-based line of the Dockerfile instruction that made it; null where not known */
  readonly line: number | null;
  readonly origin: LayerOrigin;
}

/** How sure a finding about content is: `likely` counts like `certain`, and says so. */
export type Certainty = "certain" | "likely";

export interface Shell {
  /** absolute, UTF-8 (lossy where pathBase64 is there) */
  readonly path: string;
  readonly pathBase64?: string;
  /** `name`: its file name is a shell's; `link`: it leads to a shell; `path`: a conventional path such as /bin/sh;
   * `content`: its bytes are a shell's; `etc-shells`: /etc/shells lists it */
  readonly reason: "name" | "link" | "path" | "content" | "etc-shells";
  readonly certainty: Certainty;
  /** which shell the bytes or the name speak of, such as dash or busybox */
  readonly kind: string;
}

export interface PackageManager {
  readonly path: string;
  readonly pathBase64?: string;
  /** the program's usual name, such as apt-get */
  readonly name: string;
}

/** A git repository's own directory, with its history: what `COPY . .` brings along where nothing keeps it out. */
export interface GitDirectory {
  readonly path: string;
  readonly pathBase64?: string;
  /** of the regular files in it */
  readonly bytes: number;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

/** A pointer of Git LFS, in place of the file that it stands for. */
export interface LfsPointer {
  readonly path: string;
  readonly pathBase64?: string;
  /** index into layers of the layer that holds it */
  readonly layer: number;
}

export interface Distroless {
  readonly verdict: "yes" | "no" | "unknown";
  readonly evidence: readonly DistrolessEvidence[];
}

export interface DistrolessEvidence {
  readonly kind: "shell" | "package-manager" | "unread";
  readonly path: string;
  readonly detail: string;
}

/** All facts about one image: one JSON record, described by schema/inspection.schema.json. Null is "cannot be known". */
export interface Inspection {
  readonly schemaVersion: 1;
  readonly platform: string;
  readonly digest: Digest | null;
  readonly configDigest: Digest;
  /** bytes: the sum of the layers' payload. *The* size of an image. */
  readonly size: number;
  /** bytes of regular files in the final root filesystem, each inode once */
  readonly unpackedSize: number;
  readonly pullSize: PullSize | null;
  readonly layers: readonly InspectedLayer[];
  readonly baseImage: {
    readonly written: string | null;
    readonly resolved: string;
    readonly digest: Digest | null;
  } | null;
  readonly stages: { readonly declared: number; readonly reachable: number } | null;
  readonly shells: readonly Shell[];
  readonly packageManagers: readonly PackageManager[];
  /** pip, npm and their like: tools of a language, not of the operating system */
  readonly buildTools: readonly PackageManager[];
  readonly distroless: Distroless;
  /** PRETTY_NAME of os-release, a label only; null where there is none */
  readonly family: string | null;
  /** as in the config, or as the Dockerfile says it where a build argument's value may be in it */
  readonly user: string | null;
  readonly workingDirectory: string | null;
  readonly entrypoint: readonly string[] | null;
  readonly command: readonly string[] | null;
  /** absolute: the file that entrypoint and command start, links followed; null where the image has none */
  readonly program: string | null;
  /** the largest first, at most ten */
  readonly gitDirectories: readonly GitDirectory[];
  /** by layer, those of the base image last, at most ten */
  readonly lfsPointers: readonly LfsPointer[];
  /** what the spec forbids or runtimes disagree about, in words for people */
  readonly notes: readonly string[];
}

/** What the image was built from, where that is known. */
export interface BuildContext {
  readonly dockerfile: Dockerfile;
  readonly stages: Stages;
  /** of the base image as the build resolved it */
  readonly baseImageDigest?: Digest | null;
  /** what the builder says that it did, where this run built the image */
  readonly record?: BuildRecord | null;
}

export interface InspectOptions {
  /** for layers whose blob is not known: without them there is no pull size */
  readonly estimates?: LayerEstimates;
  /** of the image's layers, merged; unless given, they are merged here */
  readonly filesystem?: Filesystem;
  /** values of the build's arguments, which the inspection does not show */
  readonly confidential?: readonly string[];
  /** this run built it, with values that nobody may see; default false */
  readonly isBuilt?: boolean;
}

/**
 * All facts about one image.
 * @param context null: not known, so that lines, stages and base image are not either
 * @throws Failure archive-invalid where the layers do not fit on each other
 */
export function inspect(
  image: Image,
  context: BuildContext | null = null,
  options: InspectOptions = {},
): Inspection {
  const { estimates = new Map(), confidential = [], isBuilt = false } = options;
  const filesystem = options.filesystem ?? mergeLayers(readingsOf(image));
  const candidates = candidatesIn(filesystem);
  const layers = inspectLayers(image, context, isBuilt);
  const pointers = lfsPointersIn(readingsOf(image));
  const shells = findShells(filesystem, candidates);
  const packageManagers = findPackageManagers(filesystem, candidates);
  return {
    schemaVersion: 1,
    platform: image.platform,
    digest: image.digest,
    configDigest: image.configDigest,
    size: imageSize(image),
    unpackedSize: unpackedSize(filesystem),
    pullSize: pullSize(image, estimates),
    layers,
    baseImage: baseImageOf(context),
    stages: stagesOf(context),
    shells,
    packageManagers,
    buildTools: findBuildTools(filesystem, candidates),
    distroless: judgeDistroless({ shells, packageManagers, unread: findUnread(candidates) }),
    family: familyOf(filesystem),
    ...runtimeOf(image.config, filesystem, { instructions: instructionsOf(context), confidential, isBuilt }),
    gitDirectories: findGitDirectories(filesystem, candidates),
    lfsPointers: firstPointers(pointers, layers),
    notes: notesOf(readingsOf(image), pointers),
  };
}

function inspectLayers(
  { layers, config }: Image,
  context: BuildContext | null,
  isBuilt: boolean,
): readonly InspectedLayer[] {
  const read = layers.map(({ reading, blob }) => ({
    diffId: reading.diffId,
    digest: blob?.digest ?? null,
    size: reading.size,
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
 * The history's text of a layer that is not of the Dockerfile. BuildKit writes values of variables into it, of build
 * arguments (`RUN |1 TOKEN=… make`, `WORKDIR /srv/…`) as well: where this run gave them, and the base image is not known
 * to have had the text before, no more than the keyword is shown.
 */
function shownHistory(createdBy: string | null, isPublic: boolean): string | null {
  if (createdBy === null) return null;
  if (!isPublic) return concealedInstruction(createdBy);
  return /^(?:RUN )?\|[0-9]+ /.test(createdBy) ? readableInstruction(createdBy) : createdBy;
}

function instructionsOf(context: BuildContext | null): readonly Instruction[] | null {
  return context === null ? null : ownInstructions(context.dockerfile, context.stages);
}

function baseImageOf(context: BuildContext | null): Inspection["baseImage"] {
  if (context === null) return null;
  const { written, resolved } = context.stages.baseImage;
  return { written, resolved, digest: context.baseImageDigest ?? null };
}

function stagesOf(context: BuildContext | null): Inspection["stages"] {
  if (context === null) return null;
  const { stages } = context.stages;
  return { declared: stages.length, reachable: stages.filter(({ reachable }) => reachable).length };
}
