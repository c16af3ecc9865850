import { type Dockerfile, parseTrigger, triggerExpression } from "../parse/dockerfile.ts";
import type { Instruction } from "../parse/instruction.ts";
import type { Stage } from "./stages.ts";

/**
 * Returns the instructions that BuildKit runs in a stage, in order: first the triggers (ONBUILD) of the stage that
 * it is built from. Empty if a named context replaces the stage.
 */
export function instructionsOf(
  dockerfile: Dockerfile,
  { index, parent, line, replaced }: Stage,
): readonly Instruction[] {
  if (replaced) return [];
  const inParent = dockerfile.stages[parent ?? -1]?.instructions.filter(isOnBuild) ?? [];
  const triggers = inParent.map((trigger) => parseTrigger(triggerExpression(trigger), line));
  const instructions = dockerfile.stages[index]?.instructions ?? [];
  return [...triggers, ...instructions.filter((instruction) => !isOnBuild(instruction))];
}

function isOnBuild({ keyword }: Instruction): boolean {
  return keyword === "ONBUILD";
}
