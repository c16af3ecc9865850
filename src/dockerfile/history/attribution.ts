import type { Dockerfile } from "../parse/dockerfile.ts";
import type { Instruction } from "../parse/instruction.ts";
import { instructionsOf } from "../stages/instructions.ts";
import { chainOf, type Stages } from "../stages/stages.ts";
import type { History } from "./history.ts";
import { isHistoryOf } from "./history-text.ts";
import { writtenInstruction } from "./readable.ts";

export interface AttributionInput {
  readonly history: readonly History[];
  readonly layerCount: number;
  readonly dockerfile: Dockerfile;
  readonly stages: Stages;
  /** how many of the lowest layers are the base image's by content; null if only the history shows it */
  readonly baseLayerCount?: number | null;
}

/** The origin of a layer. */
interface LayerAttribution {
  /** 1-based line of the instruction, or of the FROM that triggered it; null if not from the Dockerfile */
  readonly line: number | null;
  readonly origin: "base-image" | "own" | "unknown";
  /** as written in the Dockerfile, on one line, unexpanded; null if not known or not from the Dockerfile */
  readonly instruction: string | null;
}

export interface Attribution {
  /** one per layer, lowest first */
  readonly layers: readonly LayerAttribution[];
  /** how many of the lowest layers are the base image's; null if that is not certain */
  readonly baseLayerCount: number | null;
}

const exporterComment = "buildkit.exporter.image.v0";

/**
 * Attributes each layer to an instruction. BuildKit writes one history entry for every instruction that it
 * runs, so this walks the target's chain of stages backwards, entry by entry. The remaining entries belong to
 * the base image and to the instructions that it triggers (ONBUILD). The history does not show where one ends
 * and the other begins. If an entry does not fit, nothing below it is certain.
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
  const isComplete = entries !== null && fitting === own.length && (!isScratch || fitting === history.length);
  const firstOwn = history.length - fitting;
  const trigger = isComplete ? (chainOf(stages.stages, stages.target)[0]?.line ?? null) : null;

  const layers = Array.from({ length: layerCount }, (_, index): LayerAttribution => {
    const entry = entries?.[index] ?? -1;
    const instruction = entry < firstOwn ? undefined : own[own.length - (history.length - entry)];
    if (index < (baseLayerCount ?? 0)) return baseImageLayer;
    if (instruction !== undefined) {
      return { line: instruction.line, origin: "own", instruction: writtenInstruction(instruction) };
    }
    if (baseLayerCount !== null) return { line: trigger, origin: "own", instruction: null };
    return isComplete ? baseImageLayer : { line: null, origin: "unknown", instruction: null };
  });
  const countByHistory = isComplete ? layers.filter(({ origin }) => origin === "base-image").length : null;
  return { layers, baseLayerCount: baseLayerCount ?? countByHistory };
}

const baseImageLayer: LayerAttribution = { line: null, origin: "base-image", instruction: null };

/** Returns each layer's history entry. Null if the exporter added missing ones, or if the counts differ. */
function entriesOfLayers(history: readonly History[], layerCount: number): readonly number[] | null {
  if (history.some(({ comment }) => comment === exporterComment)) return null;
  const made = [...history.keys()].filter((index) => history[index]?.emptyLayer === false);
  return made.length === layerCount ? made : null;
}

/** Returns every instruction that leaves a history entry, in the order in which BuildKit runs them. */
export function ownInstructions(dockerfile: Dockerfile, { stages, target }: Stages): readonly Instruction[] {
  return chainOf(stages, target).flatMap((stage) => instructionsOf(dockerfile, stage));
}

function countFitting(history: readonly History[], own: readonly Instruction[]): number {
  for (let count = 0; count < own.length; count++) {
    const entry = history[history.length - 1 - count];
    const instruction = own[own.length - 1 - count];
    if (entry === undefined || instruction === undefined || !isHistoryOf(entry, instruction)) return count;
  }
  return own.length;
}
