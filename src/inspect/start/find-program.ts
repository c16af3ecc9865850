import type { Filesystem } from "../../image/filesystem/filesystem.ts";
import type { FilesystemNode } from "../../image/filesystem/node.ts";
import { limits } from "../../image/limits.ts";
import type { BytePath } from "../../image/path.ts";
import { shownPath, textOf } from "../bytes.ts";
import { isExecutableMode } from "../programs/executable.ts";
import { type Account, mayReach } from "./account.ts";
import { variableOf } from "./call.ts";
import { locate, type Place } from "./locate.ts";

/** How a process looks for programs. All text is bytes. */
export interface Scope {
  readonly filesystem: Filesystem;
  /** the working directory, absolute */
  readonly directory: BytePath;
  /** `NAME=value` */
  readonly env: readonly string[];
  /** the account that executes; null if unknown */
  readonly account: Account | null;
  /**
   * Whose rules apply. `runtime`: all of the runtime's capabilities, whatever USER is, and Go's rules for
   * PATH. `go`: a program written in Go. `c`: execvp(3) of a C library, or a shell.
   */
  readonly by: "runtime" | "go" | "c";
}

export type FoundProgram =
  | { readonly kind: "found"; readonly path: BytePath; readonly place: Place & { readonly kind: "found" } }
  /** proven; `found` says why, as in StartProblem; isThere: the file exists, but is not executable */
  | { readonly kind: "missing"; readonly path: string; readonly found: string; readonly isThere: boolean }
  /** why it is unknown, as a sentence */
  | { readonly kind: "unknown"; readonly why: string };

/**
 * Resolves the name of a program as exec.LookPath and execvp(3) do: a name with a slash is a path, other
 * names are looked for in PATH. Both skip what they cannot execute.
 */
export function findProgram(name: string, scope: Scope): FoundProgram {
  const found = name.includes("/") ? programAt(name, scope) : programInPath(name, scope);
  // NVIDIA's runtime adds its tools to containers.
  if (found.kind === "missing" && /(?:^|\/)nvidia-[a-z-]+$/.test(name))
    return { kind: "unknown", why: `Some runtimes add ${textOf(name)} to containers.` };
  return found;
}

function programInPath(name: string, scope: Scope): FoundProgram {
  const missing = { kind: "missing", path: textOf(name), isThere: false } as const;
  if (name === "") return { ...missing, found: "its name is empty" };
  const path = variableOf(scope, "PATH");
  if (scope.by === "c" && !path)
    return { kind: "unknown", why: `There is no PATH to find ${textOf(name)} in.` };
  if ((path ?? "").length > maxWordLength) return { ...missing, found: "PATH is longer than Linux allows" };
  let found: FoundProgram = { ...missing, found: "no directory in PATH has it" };
  for (const directory of path === undefined || path === "" ? [] : path.split(":")) {
    const candidate = `${directory === "" ? "." : directory}/${name}`;
    if (candidate.length >= limits.path) continue;
    const here = programAt(candidate, scope);
    if (here.kind === "missing") {
      if (here.isThere)
        found = { ...missing, found: `${here.path} is there, but ${here.found}`, isThere: true };
      continue;
    }
    // Newer versions of Go refuse what they find in a directory that is not absolute (exec.ErrDot).
    if (here.kind === "found" && !candidate.startsWith("/") && scope.by !== "c")
      return {
        kind: "unknown",
        why: `PATH finds ${textOf(name)} in a directory that is not absolute.`,
      };
    return here;
  }
  return found;
}

/** MAX_ARG_STRLEN of Linux: the maximum of an argument or a variable, in bytes. */
export const maxWordLength = 128 * 1024;

/** Finds the program at a path. */
export function programAt(path: BytePath, scope: Scope): FoundProgram {
  const absolute = path.startsWith("/") ? path : `${scope.directory}/${path}`;
  const shown = textOf(absolute).replace(/\/(?:\.?\/)+/g, "/");
  const place = locate(scope.filesystem, path, scope.directory);
  if (place.kind === "mounted")
    return { kind: "unknown", why: `${shown} is in a directory that the runtime mounts.` };
  const found = whyNot(path, place, scope);
  if (found === null && place.kind === "found") return { kind: "found", path, place };
  const isThere = place.kind !== "missing";
  return { kind: "missing", path: shown.slice(0, limits.path), found: found ?? "", isThere };
}

/** Returns why the file cannot be executed; null if it can. */
function whyNot(path: BytePath, place: Place, { account, by, directory }: Scope): string | null {
  if (place.kind === "directory") return "it is a directory";
  if (place.kind === "missing") return whyMissing(path, place, directory);
  if (place.kind !== "found") return null;
  const { type, mode } = place.node.attributes;
  if (type === "directory") return "it is a directory";
  if (type !== "file") return "it is not a regular file";
  if (!isExecutableMode(mode)) return `its mode ${modeText(mode)} has no execute bit`;
  if (by === "runtime" || mayReach(account, place, 1) !== false) return null;
  return `its mode ${modeText(mode)}, or that of a directory above it, does not let ${whoOf(account)} execute it`;
}

function whyMissing(
  path: BytePath,
  { at, why, target }: Place & { readonly kind: "missing" },
  directory: BytePath,
): string {
  if (path.length >= limits.path || directory.length >= limits.path) return "its path is too long";
  if (why === "links") return "it leads through too many symbolic links";
  if (target !== null) return linkToNothing(target);
  const shown = shownPath(at);
  const isAsked = `${path.startsWith("/") ? "" : `${directory}/`}${path}`.endsWith(`/${at}`);
  if (why === "no-directory") return `${shown} is not a directory`;
  return isAsked ? "it does not exist" : `${shown} does not exist`;
}

/** Returns the end of a sentence about a link. */
export function linkToNothing(target: BytePath): string {
  return `it is a link to ${shownPath(target).slice(0, limits.path)}, which does not exist`;
}

export function modeText(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, "0");
}

export function whoOf(account: Account | null): string {
  return account === null ? "the user" : `user ${account.uid}`;
}

/** Reports whether only the capabilities of the runtime, and not the user, allow the execution. */
export function needsCapabilities(
  account: Account | null,
  place: Place & { readonly kind: "found"; readonly node: FilesystemNode },
): boolean {
  return account !== null && mayReach(account, place, 1) === false;
}
