import { type Dockerfile, parseTrigger, triggerExpression } from "./dockerfile.ts";
import type { History } from "./history.ts";
import { isHistoryOf } from "./history-text.ts";
import type { Instruction } from "./instruction.ts";
import { readableInstruction, writtenInstruction } from "./readable.ts";
import { chainOf, type Stages } from "./stages.ts";

export interface AttributionInput {
  readonly history: readonly History[];
  readonly layerCount: number;
  readonly dockerfile: Dockerfile;
  readonly stages: Stages;
  /** the ONBUILD triggers in the base image's config */
  readonly onBuild?: readonly string[];
}

/** Who made a layer. */
interface LayerAttribution {
  /** 1-based line of the instruction; of FROM where that triggered an ONBUILD; null where it is not of the Dockerfile */
  readonly line: number | null;
  readonly origin: "base-image" | "own" | "unknown";
  /** for people, on one line, without values of build arguments; null where the history does not tell */
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
 * base image's. At the first entry that does not fit, nothing below it is sure.
 */
export function attributeLayers({ history, layerCount, ...input }: AttributionInput): Attribution {
  const made = history.filter(({ emptyLayer }) => !emptyLayer).length;
  // the exporter writes such entries where the history did not account for all layers
  if (made !== layerCount || history.some(({ comment }) => comment === exporterComment)) {
    return { layers: Array<LayerAttribution>(layerCount).fill(unknown(null)), baseLayerCount: null };
  }
  const own = ownInstructions(input.dockerfile, input.stages, input.onBuild ?? []);
  const fitting = countFitting(history, own);
  const isWhole =
    fitting === own.length && (input.stages.baseImage.resolved !== "scratch" || fitting === history.length);
  const firstOwn = history.length - fitting;
  const layers = history.flatMap((entry, index): LayerAttribution[] => {
    if (entry.emptyLayer) return [];
    const instruction = own[own.length - (history.length - index)];
    if (index >= firstOwn && instruction !== undefined) {
      return [{ line: instruction.line, origin: "own", instruction: writtenInstruction(instruction) }];
    }
    const readable = readableInstruction(entry.createdBy);
    return [isWhole ? { line: null, origin: "base-image", instruction: readable } : unknown(readable)];
  });
  const baseLayerCount = layers.filter(({ origin }) => origin === "base-image").length;
  return { layers, baseLayerCount: isWhole ? baseLayerCount : null };
}

/** Every instruction that leaves a history entry, in the order in which BuildKit runs them. */
export function ownInstructions(
  dockerfile: Dockerfile,
  { stages, target }: Stages,
  onBuild: readonly string[],
): readonly Instruction[] {
  return chainOf(stages, target).flatMap(({ index, parent, line, replaced }) => {
    if (replaced) return [];
    const inParent = dockerfile.stages[parent ?? -1]?.instructions.filter(isOnBuild).map(triggerExpression);
    const triggers = (inParent ?? onBuild).map((expression) => parseTrigger(expression, line));
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

function unknown(instruction: string | null): LayerAttribution {
  return { line: null, origin: "unknown", instruction };
}
