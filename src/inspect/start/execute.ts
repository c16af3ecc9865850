import { limits } from "../../image/limits.ts";
import { shownPath, textOf } from "../bytes.ts";
import { type FoundProgram, findProgram, needsCapabilities, programAt, type Scope } from "./find-program.ts";
import type { Place } from "./locate.ts";
import { executableOf, scriptLevels } from "./script.ts";
import type { StartProblem } from "./start.ts";

type Found = Place & { readonly kind: "found" };

/** A file that an execve(2) opened, in order: scripts, then the program. */
export interface Opened {
  /** as it was named */
  readonly needs: string;
  readonly place: Found;
}

/** The problem to report for a missing program. The path defaults to the one that was looked for. */
export type MissingProgram = Pick<StartProblem, "class"> & Partial<Pick<StartProblem, "path">>;

/** What an execve(2) led to. All text except sentences is bytes. */
export interface Execution {
  readonly opened: readonly Opened[];
  /** the arguments of the ELF program; null if it was not reached */
  readonly argv: readonly string[] | null;
  /** what was not found; null if everything was */
  readonly missing: { readonly needs: string; readonly path: string } | null;
  readonly problem: StartProblem | null;
  /** why the outcome is unknown, as a sentence */
  readonly unknown: string | null;
}

/**
 * Follows a command through the `#!` lines of scripts to an ELF program, as the kernel does.
 * @param ofMissing the problem to report if the command itself is missing
 */
export function execute(argv: readonly string[], scope: Scope, ofMissing: MissingProgram): Execution {
  const opened: Opened[] = [];
  let [needs = "", ...args] = argv;
  let found: FoundProgram = findProgram(needs, scope);
  for (;;) {
    if (found.kind === "unknown") return ending({ unknown: found.why });
    const script = opened.at(-1)?.place.node;
    if (found.kind === "missing") {
      const problem = missingProblem(
        needs,
        found,
        script === undefined ? null : shownPath(script.path),
        ofMissing,
      );
      return ending({ problem, missing: { needs, path: found.path } });
    }
    const { place, path } = found;
    opened.push({ needs, place });
    const file = executableOf(place.node);
    const shown = shownPath(place.node.path);
    if (file.kind === "elf") return ending({ argv: [opened.length === 1 ? needs : path, ...args] });
    if (file.kind === "unknown") return ending({ unknown: `${shown} was not inspected.` });
    if (file.kind === "no-format") {
      // execvp(3) of glibc passes it to /bin/sh, and shells read it themselves.
      if (scope.by === "c")
        return ending({ unknown: `Only some shells and C libraries execute ${shown}: ${file.found}.` });
      return ending({ problem: { class: "script", path: shown, needs: textOf(needs), found: file.found } });
    }
    if (opened.length > scriptLevels)
      return ending({
        problem: {
          class: "script",
          path: shown,
          needs: textOf(file.interpreter),
          found: "the chain of interpreter scripts is longer than the kernel follows",
        },
      });
    needs = file.interpreter;
    args = [...(file.argument === null ? [] : [file.argument]), path, ...args];
    found = programAt(needs, scope);
  }

  function ending(end: Partial<Execution>): Execution {
    return { opened, argv: null, missing: null, problem: null, unknown: null, ...end };
  }
}

/** Returns the files that the runtime could execute only with its own capabilities. */
export function closedToUser({ opened }: Execution, { account, by }: Scope): readonly Opened[] {
  return by === "runtime" ? opened.filter(({ place }) => needsCapabilities(account, place)) : [];
}

function missingProblem(
  needs: string,
  { path, found, isThere }: FoundProgram & { readonly kind: "missing" },
  script: string | null,
  ofMissing: MissingProgram,
): StartProblem {
  const words = needs.endsWith("\r") ? "the line that names it ends in a carriage return" : found;
  const cut = textOf(needs.slice(0, limits.path));
  if (script === null) return { path, ...ofMissing, needs: cut, found: words };
  return { class: isThere ? "script" : "interpreter-missing", path: script, needs: cut, found: words };
}
