import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { isBusyboxApplet } from "./busybox-applets.ts";
import { bytesOf, textOf } from "./bytes.ts";
import { type Command, defaultShell, type StartConfig } from "./command.ts";
import { execute } from "./execute.ts";
import { findProgram, type Scope } from "./find-program.ts";
import { isShellWord } from "./shell-builtins.ts";
import { firstCommand } from "./shell-words.ts";
import { hasApplets } from "./wrapped.ts";

/**
 * Returns hints about commands of HEALTHCHECK that the image lacks (moby's daemon/health.go). They are not
 * problems, because the image still starts, and is then unhealthy.
 */
export function healthcheckHints(
  { healthcheck }: StartConfig,
  { directory, env }: Command,
  filesystem: Filesystem,
): readonly string[] {
  const [kind, ...words] = healthcheck ?? [];
  if ((kind !== "CMD" && kind !== "CMD-SHELL") || words.length === 0 || words.length > maxWords) return [];
  const scope: Scope = {
    filesystem,
    directory: bytesOf(directory),
    env: env.map(bytesOf),
    account: null,
    by: "runtime",
  };
  // SHELL does not matter: containers do not get it from their image (moby's merge).
  const prefix = kind === "CMD" ? [] : defaultShell;
  const argv = [...prefix, ...words].map(bytesOf);
  const execution = execute(argv, scope, { class: "entrypoint" });
  if (execution.problem !== null) return [hint(argv[0] ?? "", execution.problem.found)];
  const text = kind === "CMD-SHELL" ? argv.at(-1) : undefined;
  const program = execution.opened.at(-1)?.place.node;
  if (text === undefined || program === undefined) return [];
  const command = firstCommand(text);
  const name = command?.words[command.words[0] === "exec" ? 1 : 0];
  if (command === null || name === undefined || isShellWord(name) || command.assignments.length > 0)
    return [];
  if (hasApplets(program) && isBusyboxApplet(name)) return [];
  const found = findProgram(name, { ...scope, by: "c" });
  return found.kind === "missing" ? [hint(name, found.found)] : [];
}

function hint(name: string, found: string): string {
  return `HEALTHCHECK cannot run ${textOf(name)}, so the container never becomes healthy: ${found}.`;
}

/** The same limit as for the command. */
const maxWords = 5000;
