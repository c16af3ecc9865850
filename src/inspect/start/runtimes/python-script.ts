import type { FilesystemNode } from "../../../image/filesystem/node.ts";
import { baseOf, parentOf } from "../../../image/path.ts";
import { shownPath, textOf } from "../../bytes.ts";
import { namesIn, opened } from "./opened.ts";
import { failing, joined, nothingProven, type RuntimeProof, unproven } from "./proof.ts";
import type { PythonScope } from "./python-interpreter.ts";
import { searchModule } from "./python-module.ts";
import { packagesBelow, versionHints } from "./python-versions.ts";

/**
 * Looks for the script that Python is given. Python opens it as it is named, from the working directory, and
 * else ends with "can't open file". A directory or a zip file is one if it has `__main__` (Modules/main.c
 * pymain_run_python).
 */
export function proveScript(path: string, scope: PythonScope): RuntimeProof {
  const { call, filesystem } = scope;
  const place = opened(path, call, filesystem);
  const program = shownPath(call.program.path);
  if (place.kind === "missing" || place.kind === "unreadable")
    return failing(program, textOf(path), place.found);
  if (place.kind === "unclear") return unproven(`What ${textOf(path)} is to Python is not known.`);
  const shown = shownPath(place.node.path);
  if (place.kind === "directory" && !namesIn(place.node).some((name) => name.startsWith("__main__")))
    return failing(program, textOf(path), `${shown} is a directory without __main__.py`);
  const own = place.kind === "file" ? proveConsoleScript(place.node, scope) : nothingProven;
  if (own.problems.length > 0) return own;
  return joined([
    unproven(`Whether the modules that ${shown} imports exist is not known.`),
    versionHints(scope),
  ]);
}

/** Bytes. pip writes a few lines: an import, and a call of what it imported (distlib's SCRIPT_TEMPLATE). */
const maxConsoleScript = 512;

/**
 * Finds an installer's script whose package is there for another version of Python only. It is in `bin`, and
 * imports the package that has its name.
 */
function proveConsoleScript(node: FilesystemNode, scope: PythonScope): RuntimeProof {
  const { python, call, filesystem } = scope;
  const directory = parentOf(node.path);
  const name = baseOf(node.path).replaceAll("-", "_");
  const isScript = node.attributes.content?.format === "script" && node.size <= maxConsoleScript;
  if (python === null || !isScript || baseOf(directory) !== "bin") return nothingProven;
  const packages = packagesBelow(parentOf(directory), filesystem).filter(({ names }) => names.includes(name));
  const other = packages.find(({ version }) => version !== python.version);
  if (other === undefined || searchModule(name, scope) !== "missing") return nothingProven;
  const found = `${shownPath(other.path)} is for Python ${other.version}, and ${shownPath(call.program.path)} is ${python.version}`;
  return failing(shownPath(node.path), `the module ${textOf(name)}`, found);
}
