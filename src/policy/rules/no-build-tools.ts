import type { BuildTool, Inspection } from "../../inspect/inspection.ts";
import { otherStage } from "../advice/second-stage.ts";
import { type Sentence, say } from "../sentence.ts";
import { presenceRule } from "./presence.ts";

export const noBuildTools = presenceRule({
  id: "no-build-tools",
  about: "build-tools",
  title: "The final image has no build tools",
  meaning:
    "A compiler, a build system such as make, a package manager of a language such as pip or npm, git, and a debugger help whoever breaks into a container, and few programs need them to run. They are found by name, wherever they come from: a tool of the base image counts as well. A script counts only in a directory of `PATH` or one that is named like `bin`. A tool that `ENTRYPOINT`, `CMD` or `HEALTHCHECK` names does not count. `curl` and the like are judged by `no-leftovers`. Interpreters such as perl are reported and not judged, since programs start them in ways that files do not show. The ratchet counts tools of the same name as one kind.",
  description:
    "Require an image without compilers, make, pip, npm, git and debuggers: fail, warn, off, or ratchet.",
  what: "build tools",
  of: buildToolsOf,
  kindOf: ({ name }) => name,
  advice: (_tools, { head }) => {
    const stage: readonly Sentence[] = otherStage(head);
    return stage.length > 0
      ? stage
      : [say`Build in an earlier stage, and copy only what runs into the last one with ${"COPY --from"}.`];
  },
});

/** Returns the tools that the image's own command does not name. */
export function buildToolsOf({ buildTools }: Inspection): readonly BuildTool[] {
  return buildTools.filter(
    ({ kind, isUsed }) => kind !== "fetcher" && kind !== "interpreter" && isUsed !== true,
  );
}
