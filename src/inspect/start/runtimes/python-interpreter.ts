import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { type BytePath, baseOf, parentOf } from "../../../image/path.ts";
import { type Call, variableOf } from "../call.ts";
import { findProgram } from "../find-program.ts";
import { fileAt } from "./opened.ts";

/** A CPython that is executed. */
export interface Python {
  /** `3.11` */
  readonly version: string;
  /** the minor version, for 3 */
  readonly minor: number;
  /** names that directories of this version may have: `python3.11`, `python3.11t` */
  readonly directories: readonly string[];
  /** names that its standard library may have as one file: `python311.zip` */
  readonly archives: readonly string[];
  /** the directory of the program, and the one that it was named in, without their first slash */
  readonly binaries: readonly BytePath[];
  /** the virtual environment that it is named in, if there is one */
  readonly environment: VirtualEnvironment | null;
  readonly call: Call;
}

export interface VirtualEnvironment {
  readonly path: BytePath;
  /** absolute: the directory of the Python that made it */
  readonly home: BytePath;
}

/** What a proof needs to know of an interpreter. */
export interface PythonScope {
  readonly call: Call;
  /** null: its version is not known */
  readonly python: Python | null;
  /** directories of the standard library; null: they are not known */
  readonly library: readonly string[] | null;
  readonly filesystem: Filesystem;
}

/** A file of that name that is a link to PyPy or GraalPy has another name in the end. */
export function isPython({ program }: Call): boolean {
  return /^python(?:3(?:\.[0-9]{1,2}t?)?)?$/.test(baseOf(program.path));
}

/** @returns null if its version is neither in its name nor in that of its library */
export function interpreterOf(call: Call, filesystem: Filesystem): Python | null {
  const { path, attributes } = call.program;
  const names = [baseOf(path), ...(attributes.content?.elf?.dynamic?.needed ?? [])];
  const match = names
    .map((name) => /^(?:lib)?python3\.([0-9]{1,2})t?(?:\.so.*)?$/.exec(name))
    .find((found) => found);
  if (!match) return null;
  const minor = Number(match[1]);
  const named = directoryNamed(call, filesystem);
  return {
    version: `3.${minor}`,
    minor,
    directories: [`python3.${minor}`, `python3.${minor}t`],
    archives: [`python3${minor}.zip`, `python3${minor}t.zip`],
    binaries: [parentOf(path), ...(named === null ? [] : [named])],
    environment: named === null ? null : environmentAt(named, filesystem),
    call,
  };
}

/**
 * The directory that the program was named in, or found in by PATH. Python looks for an environment before it
 * follows links (Modules/getpath.py).
 */
function directoryNamed(call: Call, filesystem: Filesystem): BytePath | null {
  const name = call.argv[0] ?? "";
  const found = name.includes("/") ? name : pathOf(name, call, filesystem);
  if (found === null) return null;
  const absolute = found.startsWith("/") ? found : `${call.directory}/${found}`;
  return parentOf(absolute.slice(1));
}

function pathOf(name: string, call: Call, filesystem: Filesystem): BytePath | null {
  const found = findProgram(name, { ...call, filesystem, by: "c" });
  return found.kind === "found" ? found.path : null;
}

/** Reads pyvenv.cfg, above the program or beside it. It counts only with a `home` (Modules/getpath.py). */
function environmentAt(directory: BytePath, filesystem: Filesystem): VirtualEnvironment | null {
  for (const path of [`${directory}/..`, directory]) {
    const file = fileAt(filesystem, `/${path}/pyvenv.cfg`);
    if (file === null) continue;
    const home = /^[ \t]*home[ \t]*=[ \t]*(\/[^\r\n]{0,4000}?)[ \t\r]*$/im.exec(
      file.attributes.content?.text ?? "",
    )?.[1];
    return home === undefined ? null : { path: parentOf(file.path), home };
  }
  return null;
}

/** Whether a variable that moves the standard library is set. */
export function isMoved(call: Call): boolean {
  return ["PYTHONHOME", "PYTHONPLATLIBDIR", "__PYVENV_LAUNCHER__"].some((name) => variableOf(call, name));
}
