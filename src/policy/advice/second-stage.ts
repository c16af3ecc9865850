import type { Inspection } from "../../inspect/inspection.ts";
import { type Sentence, say } from "../sentence.ts";
import { linkedJava } from "./java-runtime.ts";
import { newStage } from "./new-stage.ts";
import { stageSentence } from "./stage-words.ts";
import { runs } from "./what-runs.ts";

/**
 * Returns how to make an image distroless: what it runs, on another base image. Empty for a distroless image,
 * and where the new image is not known to start.
 */
export function secondStage(head: Inspection): readonly Sentence[] {
  if (head.distroless.verdict === "yes") return [];
  const what = runs(head);
  switch (what.kind) {
    case "shell":
      return [needingShell(what.instruction, what.script)];
    case "package-script":
      return [
        say`${what.name} runs scripts with a shell: this image cannot be distroless as it is. Start directly what its script starts.`,
      ];
    default:
      return otherStage(head);
  }
}

/** Says in which ways to start from a base image that holds less. Empty where no new image is known to start. */
export function otherStage(head: Inspection): readonly Sentence[] {
  const stage = newStage(head);
  const others = linkedJava(head, stage !== null);
  return stage === null ? others : [stageSentence(stage, head), ...others];
}

function needingShell(instruction: string | null, script: string | null): Sentence {
  if (script !== null)
    return say`${script} needs a shell: this image cannot be distroless as it is. Start a program in its place that does what the script does.`;
  return say`The shell form of ${instruction ?? ""} does more than start one program, and needs a shell: this image cannot be distroless as it is. Write it as a JSON array, without variables and shell syntax.`;
}
