import { type Dockerfile, parseTrigger, triggerExpression } from "../parse/dockerfile.ts";
import type { Instruction } from "../parse/instruction.ts";

/**
 * Returns the triggers (ONBUILD) of a stage, as instructions of a stage that is built from it.
 * @param stage index of the stage with the triggers
 * @param line of the FROM that runs them
 */
export function triggersOf({ stages }: Dockerfile, stage: number, line: number): readonly Instruction[] {
  const triggers = stages[stage]?.instructions.filter(isTrigger) ?? [];
  return triggers.map((trigger) => parseTrigger(triggerExpression(trigger), line));
}

export function isTrigger({ keyword }: Instruction): boolean {
  return keyword === "ONBUILD";
}
