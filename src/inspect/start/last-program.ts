import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { shownPath } from "../bytes.ts";
import type { Call } from "./call.ts";
import { entrypointScriptHint } from "./entrypoint-script.ts";
import type { Opened } from "./execute.ts";
import { modeText, whoOf } from "./find-program.ts";
import { isInterpreter, scriptOperandProblem } from "./script-operand.ts";
import type { StartLink, StartProblem } from "./start.ts";

/** What is known about the last program of a command, mainly about the script that it is given. */
export interface LastProgram {
  readonly problems: readonly StartProblem[];
  readonly unknown: readonly string[];
  readonly hints: readonly string[];
}

/**
 * @param unreadable scripts on the way that the user cannot read: interpreters open them again as the user
 */
export function lastProgram(
  call: Call,
  { unreadable, links }: { readonly unreadable: readonly Opened[]; readonly links: readonly StartLink[] },
  filesystem: Filesystem,
): LastProgram {
  const path = shownPath(call.program.path);
  const closed = unreadable.map(({ place: { node } }) => ({
    class: "script" as const,
    path,
    needs: shownPath(node.path),
    found: `its mode ${modeText(node.attributes.mode)}, or that of a directory above it, does not let ${whoOf(call.account)} read it`,
  }));
  const isReader = isInterpreter(call);
  return {
    problems: [...(isReader ? closed : []), ...present(scriptOperandProblem(call, filesystem))],
    unknown: isReader ? [] : closed.map(({ needs, found }) => `${path} may have to read ${needs}: ${found}.`),
    hints: present(entrypointScriptHint(call, links, filesystem)),
  };
}

function present<Item>(item: Item | null): readonly Item[] {
  return item === null ? [] : [item];
}
