import type { Dockerfile } from "../parse/dockerfile.ts";
import type { Instruction } from "../parse/instruction.ts";
import type { Stage } from "./stages.ts";
import { isTrigger, triggersOf } from "./triggers.ts";

/**
 * Returns the instructions that BuildKit runs in a stage, in order: first the triggers (ONBUILD) of the stage that
 * it is built from. Empty if a named context replaces the stage.
 */
export function instructionsOf(
  dockerfile: Dockerfile,
  { index, parent, line, replaced }: Stage,
): readonly Instruction[] {
  if (replaced) return [];
  const triggers = triggersOf(dockerfile, parent ?? -1, line);
  const instructions = dockerfile.stages[index]?.instructions ?? [];
  return [...triggers, ...instructions.filter((instruction) => !isTrigger(instruction))];
}
