import * as core from "@actions/core";
import { harmlessLine } from "../process/harmless-line.ts";
import type { Progress } from "../process/progress.ts";

/** Shows steps as groups in the workflow's log. */
export function workflowProgress(): Progress {
  let open = false;
  const end = () => {
    if (open) core.endGroup();
    open = false;
  };
  return {
    step(title) {
      end();
      core.startGroup(harmlessLine(title));
      open = true;
    },
    detail: (line) => core.info(harmlessLine(line)),
    end,
  };
}
