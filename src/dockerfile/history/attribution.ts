import { type Dockerfile, parseTrigger, triggerExpression } from "../parse/dockerfile.ts";
import type { Instruction } from "../parse/instruction.ts";
import { chainOf, type Stages } from "../stages/stages.ts";
import type { History } from "./history.ts";
import { isHistoryOf } from "./history-text.ts";
import { writtenInstruction } from "./readable.ts";

export interface AttributionInput {
  readonly history: readonly History[];
  readonly layerCount: number;
  readonly dockerfile: Dockerfile;
  readonly stages: Stages;
  /** how many of the lowest layers are the base image's by their content; null where only the history can tell */
  readonly baseLayerCount?: number | null;
}

/** Who made a layer. */
interface LayerAttribution {
  /** 1-based line of the instruction; of FROM where that triggered an ONBUILD; null where it is not of the Dockerfile */
  readonly line: number | null;
  readonly origin: "base-image" | "own" | "unknown";
  /** as the Dockerfile has it, on one line, nothing expanded; null where it is not in the Dockerfile, or not to be told */
  readonly instruction: string | null;
}

export interface Attribution {
  /** one per layer, lowest first */
  readonly layers: readonly LayerAttribution[];
  /** how many of the lowest layers are the base image's; null where that is not sure */
  readonly baseLayerCount: number | null;
}

const exporterComment = "buildkit.exporter.image.v0";

/**
 * Tells which instruction made which layer: BuildKit writes one history entry for every instruction that it runs, so the
 * Dockerfile is walked from its end, entry by entry, through the target's chain of stages. What is left below is the
 * base image's, and of the instructions that this triggers (ONBUILD): how many layers are which, no history can tell.
 * At the first entry that does not fit, nothing below it is sure.
 */
export function attributeLayers({
  history,
  layerCount,
  dockerfile,
  stages,
  baseLayerCount = null,
}: AttributionInput): Attribution {
  const own = ownInstructions(dockerfile, stages);
  const entries = entriesOfLayers(history, layerCount);
  const fitting = entries === null ? 0 : countFitting(history, own);
  const isScratch = stages.baseImage.resolved === "scratch";
  const isWhole = entries !== null && fitting === own.length && (!isScratch || fitting === history.length);
  const firstOwn = history.length - fitting;
  const trigger = isWhole ? (chainOf(stages.stages, stages.target)[0]?.line ?? null) : null;

  const layers = Array.from({ length: layerCount }, (_, index): LayerAttribution => {
    const entry = entries?.[index] ?? -1;
    const instruction = entry < firstOwn ? undefined : own[own.length - (history.length - entry)];
    if (index < (baseLayerCount ?? 0)) return ofBaseImage;
    if (instruction !== undefined) {
      return { line: instruction.line, origin: "own", instruction: writtenInstruction(instruction) };
    }
    if (baseLayerCount !== null) return { line: trigger, origin: "own", instruction: null };
    return isWhole ? ofBaseImage : { line: null, origin: "unknown", instruction: null };
  });
  const ofHistory = isWhole ? layers.filter(({ origin }) => origin === "base-image").length : null;
  return { layers, baseLayerCount: baseLayerCount ?? ofHistory };
}

const ofBaseImage: LayerAttribution = { line: null, origin: "base-image", instruction: null };

/** The history's entry for each layer; null where they cannot be told, since the exporter added some that it missed. */
function entriesOfLayers(history: readonly History[], layerCount: number): readonly number[] | null {
  if (history.some(({ comment }) => comment === exporterComment)) return null;
  const made = [...history.keys()].filter((index) => history[index]?.emptyLayer === false);
  return made.length === layerCount ? made : null;
}

/** Every instruction of the Dockerfile that leaves a history entry, in the order in which BuildKit runs them. */
export function ownInstructions(dockerfile: Dockerfile, { stages, target }: Stages): readonly Instruction[] {
  return chainOf(stages, target).flatMap(({ index, parent, line, replaced }) => {
    if (replaced) return [];
    const inParent = dockerfile.stages[parent ?? -1]?.instructions.filter(isOnBuild) ?? [];
    const triggers = inParent.map((trigger) => parseTrigger(triggerExpression(trigger), line));
    const instructions = dockerfile.stages[index]?.instructions ?? [];
    return [...triggers, ...instructions.filter((instruction) => !isOnBuild(instruction))];
  });
}

function isOnBuild({ keyword }: Instruction): boolean {
  return keyword === "ONBUILD";
}

function countFitting(history: readonly History[], own: readonly Instruction[]): number {
  for (let count = 0; count < own.length; count++) {
    const entry = history[history.length - 1 - count];
    const instruction = own[own.length - 1 - count];
    if (entry === undefined || instruction === undefined || !isHistoryOf(entry, instruction)) return count;
  }
  return own.length;
}
