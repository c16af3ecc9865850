import type { Inspection } from "../../inspect/inspection.ts";
import { interpretedStage } from "./interpreted-stage.ts";
import { isReplaceable, placementOf } from "./placing.ts";
import { programStage } from "./program-stage.ts";
import type { NewStage } from "./stage.ts";
import { runs } from "./what-runs.ts";

/** Returns how to start from a base image that holds less; null where the new image is not known to start. */
export function newStage(head: Inspection): NewStage | null {
  if (!isReplaceable(head) || dependsOnArguments(head)) return null;
  const what = runs(head);
  switch (what.kind) {
    case "static":
    case "glibc":
    case "musl":
      return programStage(what, head);
    case "python":
    case "java":
    case "node":
      return interpretedStage(what, head);
    default:
      return null;
  }
}

/** Reports whether the stage to add would need a build argument for its WORKDIR. */
function dependsOnArguments(head: Inspection): boolean {
  return placementOf(head) === "add" && /\$|\*\*\*/.test(head.workingDirectory ?? "");
}
