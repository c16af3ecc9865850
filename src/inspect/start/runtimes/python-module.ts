import type { Filesystem } from "../../../image/filesystem/filesystem.ts";
import { type BytePath, parentOf } from "../../../image/path.ts";
import { shownPath, textOf } from "../../bytes.ts";
import { type Call, variableOf } from "../call.ts";
import { locate } from "../locate.ts";
import { directoryAt, fileAt, namesIn } from "./opened.ts";
import { failing, type RuntimeProof, unproven } from "./proof.ts";
import type { PythonScope } from "./python-interpreter.ts";
import { type Entry, entriesOf, entryAt } from "./python-path.ts";
import { otherPackages } from "./python-versions.ts";

/**
 * Looks for the module of `python -m MODULE`. Python searches the directories of sys.path for the first part
 * of its name, and ends with "No module named" (Lib/runpy.py). Only a name that none of them has in any form
 * is missing: what a package holds, and how it finds its parts, is its own affair.
 */
export function proveModule(name: string, scope: PythonScope): RuntimeProof {
  const { call, python } = scope;
  const [top = ""] = name.split(".");
  const search = python === null ? "unclear" : searchModule(top, scope);
  if (search === "found")
    return unproven(`Whether the modules that ${textOf(name)} imports exist is not known.`);
  if (search === "unclear" || python === null)
    return unproven(`Whether Python finds the module ${textOf(name)} is not known.`);
  const others = otherPackages(scope).filter(({ names }) => names.some((entry) => isModule(entry, top)));
  const evidence = others
    .slice(0, 1)
    .map(({ path, version }) => `; ${shownPath(path)}, which is for Python ${version}, has it`);
  const found = `no directory that Python ${python.version} searches has it${evidence.join("")}`;
  return failing(shownPath(call.program.path), `the module ${textOf(name)}`, found);
}

/** Whether a directory of sys.path has a module. "unclear": sys.path is not known, or may get more. */
export function searchModule(top: string, scope: PythonScope): "found" | "missing" | "unclear" {
  const { call, python, library, filesystem } = scope;
  if (!/^[A-Za-z]\w{0,99}$/.test(top) || special.test(top)) return "unclear";
  if (python === null || library === null || variableOf(call, "PYTHONUSERBASE")) return "unclear";
  const directory = entryAt("", call, filesystem);
  const variable = entriesOf(call, filesystem);
  const sites = siteDirectories(scope);
  if (directory === null || variable === null || sites === null) return "unclear";
  const libraries = library.flatMap((path) => entriesAt([path, `${path}/lib-dynload`], filesystem));
  const packages = entriesAt(sites, filesystem);
  const entries = [...(directory === "missing" ? [] : [directory]), ...variable, ...libraries, ...packages];
  if (entries.some(({ names }) => names.some((name) => isModule(name, top)))) return "found";
  const archives = library.flatMap((path) => python.archives.map((name) => `/${parentOf(path)}/${name}`));
  if (archives.some((path) => fileAt(filesystem, path) !== null)) return "unclear";
  if (packages.some(({ names }) => names.some(addsToPath))) return "unclear";
  return entries.some((entry) => isCustomized(entry, scope)) ? "unclear" : "missing";
}

/** What setuptools' finder is for (_distutils_hack), and modules that are compiled into every interpreter. */
const special =
  /^(?:distutils|test|sys|builtins|marshal|gc|time|errno|posix|pwd|itertools|atexit|faulthandler|signal)$/;

/** A package, a module, a compiled one or an extension. */
function isModule(name: string, top: string): boolean {
  return name === top || name.startsWith(`${top}.`);
}

/**
 * Lists where Lib/site.py looks, with the changes of all distributions. A directory too many only makes fewer
 * modules missing.
 * @returns null if the homes of users are not known
 */
function siteDirectories(scope: PythonScope): readonly BytePath[] | null {
  const { python, library, filesystem, call } = scope;
  const { directories = [], environment = null } = python ?? {};
  const prefixes = new Set([
    ...(library ?? []).map((path) => parentOf(parentOf(path))),
    ...(environment === null ? [] : [environment.path]),
    "usr",
    "usr/local",
  ]);
  const libraries = [...prefixes].flatMap((prefix) =>
    ["lib", "lib64", "local/lib", "local/lib64"].map((lib) => `${prefix}/${lib}`),
  );
  const homes = homesOf(call, filesystem);
  if (homes === null) return null;
  const users = homes.map((home) => `${home}/.local/lib`);
  return [...libraries, ...users].flatMap((lib) =>
    [...directories, "python3"].flatMap((name) => [
      `${lib}/${name}/site-packages`,
      `${lib}/${name}/dist-packages`,
    ]),
  );
}

const maxHomes = 100;

/** Each home that the user may have: engines set HOME from /etc/passwd unless the config has it. */
function homesOf(call: Call, filesystem: Filesystem): readonly string[] | null {
  const home = variableOf(call, "HOME");
  if (home !== undefined && home !== "") return [home];
  const passwd = fileAt(filesystem, "/etc/passwd");
  const text = passwd === null ? "" : passwd.attributes.content?.text;
  if (text === undefined) return passwd?.size === 0 ? ["", "root"] : null;
  const homes = new Set(text.split("\n").map((line) => line.split(":")[5] ?? ""));
  return homes.size > maxHomes ? null : [...homes, "", "root"];
}

function entriesAt(paths: readonly BytePath[], filesystem: Filesystem): readonly Entry[] {
  return paths.flatMap((path) => {
    const node = directoryAt(filesystem, `/${path}`);
    return node === null ? [] : [{ path: node.path, names: namesIn(node) }];
  });
}

/** Lines of .pth files are directories or code. Those of setuptools and virtualenv patch distutils. */
function addsToPath(name: string): boolean {
  return /\.(?:pth|egg-link|start)$/.test(name) && !/^(?:distutils-precedence|_virtualenv)\.pth$/.test(name);
}

/** Bytes of Debian's own sitecustomize.py, which installs a handler of apport's where that exists. */
const sizeOfDebians = 155;

/** Whether a module is there that Python executes at start, and that may do anything. */
function isCustomized({ path, names }: Entry, { python, filesystem }: PythonScope): boolean {
  return names
    .filter((name) => /^(?:site|user)customize(?:\.|$)/.test(name))
    .some((name) => {
      const place = locate(filesystem, `/${path}/${name}`, "/");
      // A dangling link is not a module.
      if (place.kind !== "found") return place.kind !== "missing";
      const { node } = place;
      return node.path !== `etc/python${python?.version}/sitecustomize.py` || node.size !== sizeOfDebians;
    });
}
