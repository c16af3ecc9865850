import type { PackageList } from "./package-list.ts";

/**
 * Lists the modules in a Go program, as `go version -m` prints them, and the standard library by the version of
 * Go. A module that another one replaced is left out: the other one is in the program.
 * @param version of Go, such as `go1.26.8`
 * @param modules the lines of the build information (runtime/debug, ParseBuildInfo)
 */
export function addModules(list: PackageList, version: string, modules: string): void {
  const release = /^go([0-9]\S*)/.exec(version)?.[1] ?? unknownVersion;
  list.add("stdlib", { name: "stdlib", version: release });
  const found: Module[] = [];
  for (const line of modules.split("\n")) {
    const [kind, path = "", moduleVersion = ""] = line.split("\t");
    const module = { path, version: moduleVersion };
    if (kind === "mod" || kind === "dep") found.push(module);
    else if (kind === "=>") found.push(replacementOf(found.pop(), module));
  }
  for (const { path, version } of found)
    list.add(path, { name: path, version: version === "" ? unknownVersion : version });
}

interface Module {
  readonly path: string;
  readonly version: string;
}

/** What Go writes for code that no version control names. */
export const unknownVersion = "(devel)";

/** A directory has no version, and is no name for a module. */
function replacementOf(replaced: Module | undefined, replacement: Module): Module {
  if (replaced === undefined || !/^\.{0,2}\//.test(replacement.path)) return replacement;
  return { path: replaced.path, version: unknownVersion };
}
