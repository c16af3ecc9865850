import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { bytesOf, textOf } from "../bytes.ts";
import { isBusyboxApplet } from "./busybox-applets.ts";
import { type Command, defaultShell, type StartConfig } from "./command.ts";
import { execute } from "./execute.ts";
import { findProgram, type Scope } from "./find-program.ts";
import { isShellWord } from "./shell-builtins.ts";
import { firstCommand, operatorAfter } from "./shell-words.ts";
import type { HealthcheckProblem } from "./start.ts";
import { hasApplets } from "./wrapped.ts";

/**
 * Returns what HEALTHCHECK needs and the image lacks (moby's daemon/health.go), if it is certain to fail without
 * it. The image starts nevertheless, and is then unhealthy.
 */
export function healthcheckProblem(
  { healthcheck }: StartConfig,
  { directory, env }: Command,
  filesystem: Filesystem,
): HealthcheckProblem | null {
  const [kind, ...words] = healthcheck ?? [];
  if ((kind !== "CMD" && kind !== "CMD-SHELL") || words.length === 0 || words.length > maxWords) return null;
  const isShellForm = kind === "CMD-SHELL";
  const scope: Scope = {
    filesystem,
    directory: bytesOf(directory),
    env: env.map(bytesOf),
    account: null,
    by: "runtime",
  };
  // SHELL does not matter: containers do not get it from their image (moby's merge).
  const argv = [...(isShellForm ? defaultShell : []), ...words].map(bytesOf);
  const execution = execute(argv, scope, { class: "entrypoint" });
  if (execution.problem !== null)
    return { needs: textOf(argv[0] ?? ""), found: execution.problem.found, isShellForm };
  const program = execution.opened.at(-1)?.place.node;
  const name = isShellForm ? neededBy(argv.at(-1) ?? "") : null;
  if (name === null || program === undefined) return null;
  if (hasApplets(program) && isBusyboxApplet(name)) return null;
  const found = findProgram(name, { ...scope, by: "c" });
  return found.kind === "missing" ? { needs: textOf(name), found: found.found, isShellForm } : null;
}

/** Returns the program without which a shell's text fails; null if there may be none. */
function neededBy(text: string): string | null {
  const command = firstCommand(text);
  const name = command?.words[command.words[0] === "exec" ? 1 : 0];
  if (command === null || name === undefined || isShellWord(name) || command.assignments.length > 0)
    return null;
  const end = operatorAfter(command.rest);
  // What follows `&&` does not run. After `||`, only a plain failure is certain to fail.
  const isFailure = end !== null && failing.test(end.operator + end.after);
  return isFailure ? name : null;
}

const failing = /^(?:&&[^;&|\n]*)*(?:\|\|[ \t]*(?:exit[ \t]+[1-9][0-9]{0,2}|false)[ \t]*)?;?[ \t\n]*$/;

/** The same limit as for the command. */
const maxWords = 5000;
