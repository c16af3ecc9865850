import { type Filesystem, resolve } from "../../src/image/filesystem/filesystem.ts";
import { mergeLayers } from "../../src/image/filesystem/merge.ts";
import type { ElfDynamic, ElfFacts } from "../../src/image/layer/content.ts";
import type { LayerEntry } from "../../src/image/layer/entry.ts";
import { bytesOf } from "../../src/inspect/bytes.ts";
import { resolveLibraries } from "../../src/inspect/start/loader.ts";
import type { Loading, LoadRequest } from "../../src/inspect/start/loading.ts";
import { fileEntry, madeUpReading } from "./reading.ts";

/** By path without the leading slash: facts, the text of a file, a link (`-> /there`), or fields of an entry. */
export type LoaderTree = Readonly<Record<string, ElfFacts | string | Partial<LayerEntry>>>;

export const glibcLoader: ElfFacts = library({
  soname: "ld-linux-x86-64.so.2",
  versionDefinitions: ["GLIBC_2.2.5", "GLIBC_PRIVATE"],
});

export const muslLoader: ElfFacts = {
  ...library({ soname: "libc.musl-x86_64.so.1" }),
  loaderDirectories: ["/lib", "/usr/local/lib", "/usr/lib"],
};

/** An image with a loader of Debian's kind and a C library. */
export const glibcTree: LoaderTree = {
  "lib64/ld-linux-x86-64.so.2": {
    ...glibcLoader,
    loaderDirectories: ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"],
  },
  "lib/x86_64-linux-gnu/libc.so.6": library({
    soname: "libc.so.6",
    versionDefinitions: ["GLIBC_2.2.5", "GLIBC_2.31", "GLIBC_2.9"],
  }),
};

export const muslTree: LoaderTree = {
  "lib/ld-musl-x86_64.so.1": muslLoader,
  "lib/libc.musl-x86_64.so.1": "-> ld-musl-x86_64.so.1",
};

export function library(dynamic: ElfDynamic = {}, overrides: Partial<ElfFacts> = {}): ElfFacts {
  return { class: 64, byteOrder: "little", machine: 62, type: 3, dynamic, ...overrides };
}

export function program(dynamic: ElfDynamic = {}, interpreter = "/lib64/ld-linux-x86-64.so.2"): ElfFacts {
  return library({ isPie: true, ...dynamic }, { interpreter });
}

export function muslProgram(dynamic: ElfDynamic = {}): ElfFacts {
  return program(dynamic, "/lib/ld-musl-x86_64.so.1");
}

type LoadOptions = Partial<Pick<LoadRequest, "isSecure" | "user" | "isStartedByEngine">> & {
  /** by name */
  readonly environment?: ReadonlyMap<string, string>;
  /** absolute */
  readonly workingDirectory?: string;
};

/** Loads `app/main` of the tree as the engine would, as root, unless more is said. */
export function load(
  tree: LoaderTree,
  { environment = new Map(), workingDirectory = "/", ...more }: LoadOptions = {},
): Loading {
  const filesystem = filesystemOf(tree);
  const main = resolve(filesystem, "app/main");
  if (main === null) throw new Error("The tree has no app/main.");
  return resolveLibraries({
    filesystem,
    program: main,
    env: [...environment].map(([name, value]) => bytesOf(`${name}=${value}`)),
    directory: bytesOf(workingDirectory),
    isSecure: false,
    user: null,
    isStartedByEngine: true,
    ...more,
  });
}

/** What was found, by the name that it was asked for. */
export function found({ links }: Loading): Readonly<Record<string, string>> {
  return Object.fromEntries(
    links
      .filter(({ kind, isFound }) => kind === "library" && isFound)
      .map(({ needs, path }) => [needs, path]),
  );
}

export function problems({ problems }: Loading): readonly string[] {
  return problems.map(({ class: kind, path, needs, found }) => `${kind}: ${path} needs ${needs}, ${found}`);
}

function filesystemOf(tree: LoaderTree): Filesystem {
  const directories = new Set<string>();
  const entries = Object.entries(tree).map(([path, what]): LayerEntry => {
    for (let at = path.indexOf("/"); at !== -1; at = path.indexOf("/", at + 1))
      directories.add(path.slice(0, at));
    if (typeof what === "string" && what.startsWith("-> ")) {
      return { ...fileEntry(path), size: 0, mode: 0o777, type: "symlink", linkTarget: what.slice(3) };
    }
    const file = { ...fileEntry(path), mode: 0o755 };
    if (typeof what === "string")
      return { ...file, size: what.length, content: { format: "other", text: what } };
    return "machine" in what ? { ...file, content: { format: "elf", elf: what } } : { ...file, ...what };
  });
  const parents = [...directories]
    .filter((path) => tree[path] === undefined)
    .map((path): LayerEntry => ({ ...fileEntry(path), type: "directory", mode: 0o755, size: 0 }));
  return mergeLayers([madeUpReading([...parents, ...entries])]);
}
