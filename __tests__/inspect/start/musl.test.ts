import { describe, expect, test } from "vitest";
import type { ElfDynamic } from "../../../src/image/layer/content.ts";
import {
  found,
  type LoaderTree,
  library,
  load,
  muslLoader,
  muslProgram,
  muslTree,
  problems,
  program,
} from "../../helpers/loader-tree.ts";

function withLibrary(dynamic: ElfDynamic, ...paths: readonly string[]): LoaderTree {
  return {
    ...muslTree,
    "app/main": muslProgram({ needed: ["libx.so.1", "libc.musl-x86_64.so.1"], ...dynamic }),
    ...Object.fromEntries(paths.map((path) => [path, library()])),
  };
}

const missing = "no directory that the loader searches has it";

describe("musl's loader", () => {
  test("is itself every name of the C library", () => {
    const needed = [
      "libc.so",
      "libc.musl-x86_64.so.1",
      "libpthread.so.0",
      "libm.so.6",
      "librt.so.1",
      "libdl.so.2",
    ];
    const loading = load({ ...muslTree, "app/main": muslProgram({ needed: [...needed, "libmagic.so.1"] }) });
    expect(problems(loading)).toEqual([`library-missing: /app/main needs libmagic.so.1, ${missing}`]);
    expect(loading.unproven).toEqual([
      "musl has no symbol versions, so whether all symbols exist was not checked.",
    ]);
  });

  test("searches its own directories in order", () => {
    const at = (...paths: readonly string[]) => found(load(withLibrary({}, ...paths)))["libx.so.1"];
    expect(at("usr/lib/libx.so.1")).toBe("/usr/lib/libx.so.1");
    expect(at("usr/lib/libx.so.1", "usr/local/lib/libx.so.1")).toBe("/usr/local/lib/libx.so.1");
    expect(at("usr/lib/libx.so.1", "usr/local/lib/libx.so.1", "lib/libx.so.1")).toBe("/lib/libx.so.1");
    expect(at("usr/lib64/libx.so.1")).toBe(undefined);
  });

  test("searches those of its path file instead, if there is one", () => {
    const tree = withLibrary({}, "usr/lib/libx.so.1", "opt/b/libx.so.1");
    const path = "etc/ld-musl-x86_64.path";
    expect(found(load({ ...tree, [path]: "/opt/a\n\n/opt/b:/usr/lib\n" }))["libx.so.1"]).toBe(
      "/opt/b/libx.so.1",
    );
    expect(load({ ...tree, [path]: "/opt/a" }).problems.length).toBe(1);
    expect(load({ ...tree, [path]: { size: 0 } }).problems.length).toBe(1);
    expect(load({ ...tree, [path]: {} })).toMatchObject({
      problems: [],
      unknown: [expect.stringContaining("musl's path file could not be read")],
    });
  });

  test("looks for the path file beside the requested directory of the loader", () => {
    const tree = {
      "usr/lib/ld-musl-x86_64.so.1": muslLoader,
      "usr/etc/ld-musl-x86_64.path": "/opt",
      "opt/libx.so.1": library(),
      "app/main": program({ needed: ["libx.so.1"] }, "/usr/lib/ld-musl-x86_64.so.1"),
    };
    expect(load(tree).problems).toEqual([]);
  });

  test("searches LD_LIBRARY_PATH first, then RPATH and RUNPATH, which are both inherited", () => {
    const environment = new Map([["LD_LIBRARY_PATH", "/none:/env"]]);
    const paths = ["run/libx.so.1", "env/libx.so.1", "lib/libx.so.1"];
    for (const dynamic of [{ rpath: "/run" }, { runpath: "/run" }, { rpath: "/none", runpath: "/run" }]) {
      expect(found(load(withLibrary(dynamic, ...paths)))["libx.so.1"]).toBe("/run/libx.so.1");
      expect(found(load(withLibrary(dynamic, ...paths), { environment }))["libx.so.1"]).toBe(
        "/env/libx.so.1",
      );
      expect(found(load(withLibrary(dynamic, ...paths), { environment, isSecure: true }))["libx.so.1"]).toBe(
        "/run/libx.so.1",
      );
    }
    const inherited = load({
      ...muslTree,
      "app/main": muslProgram({ needed: ["liba.so"], runpath: "/run" }),
      "lib/liba.so": library({ needed: ["libx.so.1"], runpath: "/none" }),
      "run/libx.so.1": library(),
    });
    expect(inherited.problems).toEqual([]);
  });

  test("replaces $ORIGIN, and ignores paths with other tokens", () => {
    const at = (runpath: string, more = {}) =>
      found(load(withLibrary({ runpath }, "app/x/libx.so.1"), more))["libx.so.1"];
    expect(at("/none:$ORIGIN/x")).toBe("/app/x/libx.so.1");
    expect(at("${ORIGIN}/../app/x")).toBe("/app/x/libx.so.1");
    expect(at("$ORIGIN/x:/opt/$LIB")).toBe(undefined);
    expect(at("$ORIGIN/x", { isSecure: true })).toBe(undefined);
  });

  test("takes the first file of the name, whatever it is", () => {
    const first = (what: LoaderTree[string]) =>
      problems(load({ ...withLibrary({}, "usr/lib/libx.so.1"), "lib/libx.so.1": what }));
    expect(first(library({}, { machine: 183 }))).toEqual([
      "library-missing: /app/main needs libx.so.1, /lib/libx.so.1 is for arm64",
    ]);
    expect(first("text")).toEqual([
      "library-missing: /app/main needs libx.so.1, /lib/libx.so.1 is not an ELF file",
    ]);
    expect(load({ ...withLibrary({}), "lib/libx.so.1": {} })).toMatchObject({
      problems: [],
      unknown: ["/lib/libx.so.1 was not inspected."],
    });
  });

  test("skips what the user cannot read", () => {
    const closed = { mode: 0o600, content: { format: "elf", elf: library() } } as const;
    const tree = { ...withLibrary({}, "usr/lib/libx.so.1"), "lib/libx.so.1": closed };
    expect(found(load(tree, { user: { uid: 1, gids: new Set([1]) } }))["libx.so.1"]).toBe(
      "/usr/lib/libx.so.1",
    );
  });

  test("loads a file once for all its names, and ignores sonames", () => {
    const loading = load({
      ...muslTree,
      "app/main": muslProgram({ needed: ["/lib/liba.so", "liba.so", "libb.so", "libself.so"] }),
      "lib/liba.so": library({ soname: "libself.so" }),
      "lib/libb.so": "-> liba.so",
    });
    expect(found(loading)).toEqual({ "/lib/liba.so": "/lib/liba.so" });
    expect(problems(loading)).toEqual([`library-missing: /app/main needs libself.so, ${missing}`]);
  });

  test("is itself by any path", () => {
    const loading = load({ ...muslTree, "app/main": muslProgram({ needed: ["ld-musl-x86_64.so.1"] }) });
    expect(loading.links.map(({ kind }) => kind)).toEqual(["loader"]);
  });

  test("under glibc's name, loads what was built for glibc, and leaves open what is missing", () => {
    const needs = [{ library: "libc.so.6", versions: [{ name: "GLIBC_2.34" }] }];
    const loading = load({
      ...muslTree,
      "lib64/ld-linux-x86-64.so.2": "-> /lib/libc.musl-x86_64.so.1",
      "app/main": program({ needed: ["libc.so.6"], versionNeeds: needs }),
    });
    expect(loading.problems).toEqual([]);
    expect(loading.unknown).toEqual([
      "/app/main was built for glibc, but /lib/ld-musl-x86_64.so.1 is musl: symbols may be missing.",
    ]);
  });

  test("preloads what it finds, and hints at the rest", () => {
    const environment = new Map([["LD_PRELOAD", "libgone.so:libx.so.1"]]);
    const loading = load(withLibrary({}, "lib/libx.so.1"), { environment });
    expect(loading).toMatchObject({
      problems: [],
      hints: ["The loader cannot preload libgone.so: it was not found."],
    });
  });
});
