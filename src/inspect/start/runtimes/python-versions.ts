import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { type BytePath, parentOf } from "../../../image/path.ts";
import { shownPath } from "../../bytes.ts";
import { directoryAt, fileAt, namesIn } from "./opened.ts";
import { hint, joined, nothingProven, type RuntimeProof } from "./proof.ts";
import type { PythonScope } from "./python-interpreter.ts";
import { entriesOf } from "./python-path.ts";

/** Packages of another Python than the one that is executed. */
export interface OtherPackages {
  /** `usr/local/lib/python3.9/site-packages` */
  readonly path: BytePath;
  /** `3.9` */
  readonly version: string;
  readonly names: readonly string[];
}

/**
 * Finds the packages in the virtual environment, or beside the standard library, that are for other versions:
 * Python searches `lib/pythonX.Y/site-packages` of its own version only (Lib/site.py).
 */
export function otherPackages({ python, library, filesystem }: PythonScope): readonly OtherPackages[] {
  if (python === null) return [];
  const prefixes =
    python.environment === null
      ? [...new Set([...(library ?? []).map((path) => parentOf(parentOf(path))), "usr/local", "usr"])]
      : [python.environment.path];
  return prefixes
    .flatMap((prefix) => packagesBelow(prefix, filesystem))
    .filter(({ version }) => version !== python.version);
}

/** Packages of every version below a prefix. */
export function packagesBelow(prefix: BytePath, filesystem: Filesystem): readonly OtherPackages[] {
  return ["lib", "lib64"].flatMap((lib) => {
    const directory = directoryAt(filesystem, `/${prefix}/${lib}`);
    return namesIn(directory).flatMap((name) => {
      const version = /^python(3\.[0-9]{1,2})t?$/.exec(name)?.[1];
      if (version === undefined || directory === null) return [];
      return ["site-packages", "dist-packages"].flatMap((kind) => {
        const packages = directoryAt(filesystem, `/${directory.path}/${name}/${kind}`);
        const names = namesIn(packages).filter((entry) => !isInstaller(entry));
        return packages === null || names.length === 0 ? [] : [{ path: packages.path, version, names }];
      });
    });
  });
}

/** Reports whether every installation and environment has the package, which says nothing about the app. */
function isInstaller(name: string): boolean {
  return /^(?:__pycache__|README\.txt|_?distutils[-_].*|_virtualenv\..*|pkg_resources|(?:pip|setuptools|wheel)(?:[-.].*)?)$/.test(
    name,
  );
}

/**
 * Says where packages are that this Python does not search. A script may need none of them, so that is no
 * problem yet.
 */
export function versionHints(scope: PythonScope): RuntimeProof {
  const { python, filesystem, call } = scope;
  if (python === null) return nothingProven;
  const { environment, version } = python;
  const added = entriesOf(call, filesystem);
  const others = otherPackages(scope).filter(({ version: other, path }) => {
    if (added === null || added.some((entry) => entry.path === path)) return false;
    // With a Python of that version in the image, the packages are likely that one's.
    const prefix = path.replace(/\/lib(?:64)?\/python[^/]*\/[^/]*$/, "");
    return environment !== null || fileAt(filesystem, `/${prefix}/bin/python${other}`) === null;
  });
  const hasOwn =
    environment !== null &&
    packagesBelow(environment.path, filesystem).some((packages) => packages.version === version);
  const hints = hasOwn
    ? []
    : others
        .slice(0, 3)
        .map((other) =>
          hint(
            `${shownPath(other.path)} is for Python ${other.version}, and ${shownPath(call.program.path)} is ${version}: it does not look there.`,
          ),
        );
  if (environment === null || directoryAt(filesystem, environment.home) !== null) return joined(hints);
  const config = shownPath(`${environment.path}/pyvenv.cfg`);
  return joined([
    ...hints,
    hint(
      `${config} says that its Python is in ${shownPath(environment.home.slice(1))}, which does not exist.`,
    ),
  ]);
}
