import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import { baseOf } from "../../image/path.ts";
import { textOf } from "../bytes.ts";
import type { Call } from "./call.ts";
import { findProgram } from "./find-program.ts";
import { isShellWord } from "./shell-builtins.ts";
import type { StartLink } from "./start.ts";

/**
 * Returns a hint if a script that is named like an entrypoint is passed a command that the image lacks. Such
 * scripts end in `exec "$@"` by convention. Whether this one does is unknown, because its text is not kept.
 */
export function entrypointScriptHint(
  call: Call,
  links: readonly StartLink[],
  filesystem: Filesystem,
): string | null {
  const script = links.findLast(({ kind }) => kind === "script");
  if (script === undefined || !/entry-?point/i.test(baseOf(script.path))) return null;
  const at = call.argv.findLastIndex((word) => baseOf(word) === baseOf(script.path));
  const name = call.argv[at + 1];
  if (at === -1 || name === undefined || name === "" || name.startsWith("-") || isShellWord(name))
    return null;
  const found = findProgram(name, { ...call, filesystem, by: "c" });
  if (found.kind !== "missing") return null;
  return `${script.path} fails if it executes its argument ${textOf(name)}: ${found.found}.`;
}
