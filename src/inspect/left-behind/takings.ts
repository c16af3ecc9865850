import { lower } from "../../dockerfile/parse/blank.ts";
import type { Dockerfile } from "../../dockerfile/parse/dockerfile.ts";
import { flagValues } from "../../dockerfile/parse/flags.ts";
import { heredocMarker } from "../../dockerfile/parse/heredoc.ts";
import { argumentsOf, type Instruction } from "../../dockerfile/parse/instruction.ts";
import { mountSource } from "../../dockerfile/parse/mounts.ts";
import { copiedNumber } from "../../dockerfile/stages/graph.ts";
import { instructionsOf } from "../../dockerfile/stages/instructions.ts";
import { chainOf, type Stages } from "../../dockerfile/stages/stages.ts";
import { baseOf, cleanPath } from "../../image/path.ts";

/** What other stages take from a stage's files. */
export interface Takings {
  /** index of the stage */
  readonly stage: number;
  /** the stages that have its files: it, and those that are built from it */
  readonly heirs: ReadonlySet<number>;
  /** sources of `COPY --from`, as written */
  readonly sources: readonly string[];
}

/**
 * Returns what is taken from each stage that the target needs but is not built from. Leaves out stages from which a
 * mount takes files: a command may copy any of them.
 */
export function takingsOf(dockerfile: Dockerfile, all: Stages): readonly Takings[] {
  const { stages, target } = all;
  const chain = new Set(chainOf(stages, target).map(({ index }) => index));
  const built = stages.filter(({ reachable, replaced }) => reachable && !replaced);
  const steps = built.flatMap((stage) => instructionsOf(dockerfile, stage));
  const mounted = steps.flatMap((step) => mountedStages(step, all));
  return built.flatMap(({ index }) => {
    if (chain.has(index)) return [];
    const heirs = new Set([index]);
    // FROM names earlier stages only.
    for (const stage of stages) if (stage.parent !== null && heirs.has(stage.parent)) heirs.add(stage.index);
    const isHeir = (from: number | null) => from !== null && heirs.has(from);
    if (mounted.some(isHeir)) return [];
    const sources = steps.filter((step) => isHeir(copiedStage(step, all))).flatMap(sourcesOf);
    return [{ stage: index, heirs, sources }];
  });
}

/** Returns the stage that a COPY takes files from; null if it is none. */
function copiedStage({ keyword, flags }: Instruction, { stages }: Stages): number | null {
  const from = keyword === "COPY" ? flagValues(flags, "from")[0] : undefined;
  if (from === undefined) return null;
  const number = copiedNumber(from);
  if (number !== null) return number < stages.length ? number : null;
  return stageNamed(from, stages);
}

function mountedStages(
  { keyword, flags, line }: Instruction,
  { stages }: Stages,
): readonly (number | null)[] {
  if (keyword !== "RUN") return [];
  return flagValues(flags, "mount").map((mount) => stageNamed(mountSource(mount, line).from ?? "", stages));
}

function stageNamed(name: string, stages: Stages["stages"]): number | null {
  return stages.findLast((stage) => stage.name === lower(name))?.index ?? null;
}

function sourcesOf(instruction: Instruction): readonly string[] {
  return argumentsOf(instruction)
    .slice(0, -1)
    .filter((word) => heredocMarker(word) === null);
}

/**
 * Reports whether a copy may take what is at one of the places. A variable or pattern may be anything.
 * @param places absolute directories or files
 * @param file the name of the only file that matters in them; null for all
 */
export function mayTake(sources: readonly string[], places: readonly string[], file: string | null): boolean {
  return sources.some((source) => {
    const [literal = ""] = /^[^$*?[\\"']*/.exec(source) ?? [];
    const isWhole = literal === source;
    if (/(?:^|\/)\.\.(?:\/|$)/.test(source)) return true;
    const plain = `/${cleanPath(literal).path}`;
    // Of a pattern, only the directories before it are certain.
    const path = isWhole || literal.endsWith("/") ? plain : plain.slice(0, plain.lastIndexOf("/")) || "/";
    return places.some((place) => {
      if (isWithin(place, path)) return true;
      if (!isWithin(path, place)) return false;
      return file === null || !isWhole || !isOtherFile(path, file);
    });
  });
}

/** Reports whether a path is a directory or in it. */
function isWithin(path: string, directory: string): boolean {
  return directory === "/" || path === directory || path.startsWith(`${directory}/`);
}

/** Reports whether a path is certain to be a library other than the file. */
function isOtherFile(path: string, file: string): boolean {
  const [own = ""] = file.split(".so");
  const [other = "", ...rest] = baseOf(path).split(".so");
  return rest.length > 0 && file.includes(".so") && own !== other;
}
