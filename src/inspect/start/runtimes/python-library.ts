import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { type BytePath, baseOf, parentOf } from "../../../image/path.ts";
import { directoryAt, namesIn } from "./opened.ts";
import { isMoved, type Python } from "./python-interpreter.ts";
import { entriesOf } from "./python-path.ts";
import { named } from "./tree.ts";

/** Minor versions that do not have `encodings` frozen into them (Tools/build/freeze_modules.py). */
const minors = { from: 3, to: 14 };

/**
 * Looks for the standard library: `lib/pythonX.Y/os.py` above the program, above a virtual environment's
 * home, or where the interpreter was built for (Modules/getpath.py). That last place is not known, so only
 * what has no such name anywhere is missing. Without the module `encodings` Python ends before it reads a
 * script.
 * @returns directories, the likeliest first
 */
export function libraryOf(
  python: Python,
  isIsolated: boolean,
  filesystem: Filesystem,
): readonly BytePath[] | "missing" | "unclear" {
  const { call, environment, binaries, directories } = python;
  if (isMoved(call)) return "unclear";
  const starts = [...(environment === null ? [] : [environment.home.slice(1)]), ...binaries];
  const prefixes = [...starts.flatMap(upwards), "usr", "usr/local"];
  const found = new Set<BytePath>();
  for (const prefix of prefixes)
    for (const name of ["lib", "lib64"].flatMap((lib) => directories.map((one) => `${lib}/${one}`))) {
      const directory = directoryAt(filesystem, `/${prefix}/${name}`);
      if (directory === null) continue;
      const names = namesIn(directory);
      if (names.includes("encodings") && (names.includes("os.py") || names.includes("os.pyc")))
        found.add(directory.path);
    }
  if (found.size > 0) return [...found];
  const isKnown = python.minor >= minors.from && python.minor <= minors.to;
  return isKnown && isNowhere(python, isIsolated, filesystem) ? "missing" : "unclear";
}

function isNowhere(python: Python, isIsolated: boolean, filesystem: Filesystem): boolean {
  const { call, directories, archives } = python;
  const isMeant = (name: string) =>
    directories.includes(name) ||
    archives.includes(name) ||
    name.endsWith("._pth") ||
    name === "pybuilddir.txt";
  const candidates = named(filesystem, isMeant);
  if (candidates === null) return false;
  const isElsewhere = candidates.some((node) => {
    if (!directories.includes(baseOf(node.path))) return true;
    return namesIn(directoryAt(filesystem, `/${node.path}`)).some((name) => name.startsWith("encodings"));
  });
  if (isElsewhere) return false;
  const entries = isIsolated ? [] : entriesOf(call, filesystem);
  return (
    entries !== null && !entries.some((entry) => entry.names.some((name) => name.startsWith("encodings")))
  );
}

/** A directory and all above it, the root included. */
function upwards(directory: BytePath): readonly BytePath[] {
  const all: BytePath[] = [directory];
  for (let at = directory; at !== "" && all.length < 64; ) {
    at = parentOf(at);
    all.push(at);
  }
  return all;
}
