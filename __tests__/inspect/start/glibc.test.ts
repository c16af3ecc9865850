import { describe, expect, test } from "vitest";
import type { ElfDynamic } from "../../../src/image/layer/content.ts";
import {
  found,
  glibcLoader,
  glibcTree,
  type LoaderTree,
  library,
  load,
  problems,
  program,
} from "../../helpers/loader-tree.ts";

const missing = "no directory that the loader searches has it";

/** Builds a program and `libx.so.1` at these paths: the path that is found shows which rule found it. */
function withLibrary(dynamic: ElfDynamic, ...paths: readonly string[]): LoaderTree {
  return {
    ...glibcTree,
    "app/main": program({ needed: ["libx.so.1"], ...dynamic }),
    ...Object.fromEntries(paths.map((path) => [path, library()])),
  };
}

describe("glibc's loader", () => {
  test("finds libraries breadth first, each file once", () => {
    const loading = load({
      ...glibcTree,
      "app/main": program({ needed: ["liba.so", "libb.so"] }),
      "usr/lib/liba.so": library({ needed: ["libc.so.6", "libb.so"] }),
      "usr/lib/libb.so": library({ needed: ["libb-again.so", "libc.so.6"] }),
      "usr/lib/libb-again.so": "-> libb.so",
    });
    expect(loading).toEqual({
      links: [
        ["loader", "/lib64/ld-linux-x86-64.so.2", "/app/main", "/lib64/ld-linux-x86-64.so.2"],
        ["library", "/usr/lib/liba.so", "/app/main", "liba.so"],
        ["library", "/usr/lib/libb.so", "/app/main", "libb.so"],
        ["library", "/lib/x86_64-linux-gnu/libc.so.6", "/usr/lib/liba.so", "libc.so.6"],
      ].map(([kind, path, neededBy, needs]) => ({ kind, path, neededBy, needs, isFound: true })),
      problems: [],
      unknown: [],
      unproven: [],
      hints: [],
    });
  });

  test("reports what is missing, and goes on", () => {
    const loading = load({
      ...glibcTree,
      "app/main": program({ needed: ["libgone.so", "libc.so.6", "libhere.so"] }),
      "usr/local/lib/libhere.so": library(),
    });
    expect(problems(loading)).toEqual([
      `library-missing: /app/main needs libgone.so, ${missing}`,
      "library-missing: /app/main needs libhere.so, /usr/local/lib/libhere.so is in a directory that the loader does not search",
    ]);
    expect(found(loading)).toEqual({ "libc.so.6": "/lib/x86_64-linux-gnu/libc.so.6" });
    expect(loading.links.filter(({ isFound }) => !isFound).map(({ path }) => path)).toEqual([
      "libgone.so",
      "libhere.so",
    ]);
  });

  test("uses a loaded file for its soname, without a search", () => {
    const tree = {
      ...glibcTree,
      "app/main": program({ needed: ["/app/other-name", "libx.so.1"] }),
      "app/other-name": library({ soname: "libx.so.1" }),
      "usr/lib/libx.so.1": library(),
    };
    expect(found(load(tree))).toEqual({ "/app/other-name": "/app/other-name" });
    const asLoader = { ...glibcTree, "app/main": program({ needed: ["ld-linux-x86-64.so.2"] }) };
    expect(load(asLoader)).toMatchObject({ problems: [], links: [{ kind: "loader" }] });
  });

  describe("searches", () => {
    test("RPATH before LD_LIBRARY_PATH, and RUNPATH after it", () => {
      const environment = new Map([["LD_LIBRARY_PATH", "/env"]]);
      const path = (dynamic: ElfDynamic) =>
        found(
          load(withLibrary(dynamic, "run/libx.so.1", "env/libx.so.1", "usr/lib/libx.so.1"), { environment }),
        );
      expect(path({ rpath: "/run" })).toEqual({ "libx.so.1": "/run/libx.so.1" });
      expect(path({ runpath: "/run" })).toEqual({ "libx.so.1": "/env/libx.so.1" });
      expect(path({ rpath: "/run", runpath: "/none" })).toEqual({ "libx.so.1": "/env/libx.so.1" });
      expect(found(load(withLibrary({ runpath: "/run" }, "run/libx.so.1", "usr/lib/libx.so.1")))).toEqual({
        "libx.so.1": "/run/libx.so.1",
      });
    });

    test.each<[string, ElfDynamic, ElfDynamic, boolean]>([
      ["RPATH of what loaded the library", { rpath: "/run" }, {}, true],
      ["no RUNPATH of what loaded it", { runpath: "/run" }, {}, false],
      [
        "no RPATH of what loaded a library that has a RUNPATH",
        { rpath: "/run" },
        { runpath: "/none" },
        false,
      ],
      ["RPATH of what loaded it besides its own", { rpath: "/run" }, { rpath: "/none" }, true],
    ])("%s", (_, main, middle, isFound) => {
      const loading = load({
        ...glibcTree,
        "app/main": program({ needed: ["libm1.so"], ...main }),
        "usr/lib/libm1.so": library({ needed: ["libm2.so"] }),
        "usr/lib/libm2.so": library({ needed: ["libx.so.1"], ...middle }),
        "run/libx.so.1": library(),
      });
      expect(loading.problems.length).toBe(isFound ? 0 : 1);
    });

    test("LD_LIBRARY_PATH, split at colons and semicolons; an empty element is the working directory", () => {
      const at = (value: string, workingDirectory = "/srv/dir") =>
        found(
          load(withLibrary({}, "srv/dir/libx.so.1", "srv/dir/sub/libx.so.1", "libx.so.1", "b/libx.so.1"), {
            environment: new Map([["LD_LIBRARY_PATH", value]]),
            workingDirectory,
          }),
        )["libx.so.1"];
      expect(at("/none;/b/")).toBe("/b/libx.so.1");
      expect(at("/none::/b")).toBe("/srv/dir/libx.so.1");
      expect(at("sub:/b")).toBe("/srv/dir/sub/libx.so.1");
      expect(at("/")).toBe("/libx.so.1");
      expect(at("/b/..")).toBe("/libx.so.1");
      expect(at(":", "")).toBe("/libx.so.1");
      expect(at("")).toBe(undefined);
    });

    test("nothing of LD_LIBRARY_PATH for a program with more rights than its caller", () => {
      const environment = new Map([["LD_LIBRARY_PATH", "/b"]]);
      expect(load(withLibrary({}, "b/libx.so.1"), { environment, isSecure: true }).problems.length).toBe(1);
    });

    test("only the path for a name with a slash", () => {
      const tree = (needed: string) => ({
        ...withLibrary({ needed: [needed] }, "sub/libx.so.1", "usr/lib/libx.so.1"),
      });
      expect(found(load(tree("/sub/libx.so.1")))).toEqual({ "/sub/libx.so.1": "/sub/libx.so.1" });
      expect(found(load(tree("sub/libx.so.1")))).toEqual({ "sub/libx.so.1": "/sub/libx.so.1" });
      expect(found(load(tree("$ORIGIN/../sub/libx.so.1")))).toEqual({
        "/app/../sub/libx.so.1": "/sub/libx.so.1",
      });
      expect(problems(load(tree("./libx.so.1")))).toEqual([
        "library-missing: /app/main needs ./libx.so.1, this image does not have it",
      ]);
    });
  });

  describe("replaces tokens", () => {
    test.each([
      ["$ORIGIN/x", "app/x/libx.so.1"],
      ["/none:${ORIGIN}/../x", "x/libx.so.1"],
      ["/opt/$LIB", "opt/lib/x86_64-linux-gnu/libx.so.1"],
      ["/opt/$ORIGINAL", "opt/$ORIGINAL/libx.so.1"],
      ["/opt/$OTHER", "opt/$OTHER/libx.so.1"],
    ])("of %s", (runpath, path) => {
      expect(found(load(withLibrary({ runpath }, path)))).toEqual({ "libx.so.1": `/${path}` });
    });

    test("by the directory of the real program, and of the path by which a library was opened", () => {
      const loading = load({
        ...glibcTree,
        "real/main": program({ needed: ["liba.so"], runpath: "$ORIGIN" }),
        "app/main": "-> ../real/main",
        "real/liba.so": "-> ../store/liba.so",
        "store/liba.so": library({ needed: ["libb.so"], runpath: "$ORIGIN" }),
        "real/libb.so": library(),
        "store/libb.so": library(),
      });
      expect(found(loading)).toEqual({ "liba.so": "/store/liba.so", "libb.so": "/real/libb.so" });
    });

    test("and leaves open $PLATFORM, and $LIB if the loader's directories are unknown", () => {
      expect(load(withLibrary({ runpath: "/opt/$PLATFORM" }, "opt/x86_64/libx.so.1"))).toMatchObject({
        problems: [],
        unknown: [expect.stringContaining("$PLATFORM in /opt/$PLATFORM differs between machines")],
      });
      const tree = {
        ...withLibrary({ runpath: "/opt/$LIB" }, "opt/lib/libx.so.1"),
        "lib64/ld-linux-x86-64.so.2": glibcLoader,
      };
      expect(load(tree)).toMatchObject({ problems: [], unknown: [expect.stringContaining("$LIB")] });
    });

    test("of secure programs only at the beginning, and only for the loader's directories", () => {
      const isFound = (runpath: string, main: string, path: string) => {
        const { "app/main": elf, ...tree } = withLibrary({ runpath }, path);
        const loading = load({ ...tree, [main]: elf, "app/main": `-> /${main}` } as LoaderTree, {
          isSecure: true,
        });
        return loading.problems.length === 0;
      };
      expect(isFound("$ORIGIN/x", "usr/lib/app/main", "usr/lib/app/x/libx.so.1")).toBe(true);
      expect(isFound("$ORIGIN/x", "opt/app/main", "opt/app/x/libx.so.1")).toBe(false);
      expect(isFound("/usr/$ORIGIN/x", "usr/lib/app/main", "usr/usr/lib/app/x/libx.so.1")).toBe(false);
    });
  });

  describe("of what is only for some processors", () => {
    const plain = "usr/lib/x86_64-linux-gnu/libx.so.1";
    test.each(["glibc-hwcaps/x86-64-v3", "tls", "tls/haswell/x86_64"])(
      "in %s, the result is unknown",
      (directory) => {
        const special = `usr/lib/x86_64-linux-gnu/${directory}/libx.so.1`;
        const loading = load(withLibrary({}, special));
        expect(loading.problems).toEqual([]);
        expect(loading.unknown).toEqual([
          `/app/main needs libx.so.1, and it is not certain that the loader finds it: /${special} exists, but only for some processors.`,
        ]);
        const both = load(withLibrary({}, special, plain));
        expect(found(both)).toEqual({ "libx.so.1": `/${plain}` });
        expect(both.unknown).toEqual([]);
      },
    );
  });

  test("skips its own directories for a file with DF_1_NODEFLIB", () => {
    const loading = load(withLibrary({ hasNoDefaultLibraries: true }, "usr/lib/libx.so.1"));
    expect(loading.problems.length).toBe(1);
  });

  test("leaves open what is missing if its own directories are unknown", () => {
    const loading = load({ ...withLibrary({}), "lib64/ld-linux-x86-64.so.2": glibcLoader });
    expect(loading.problems).toEqual([]);
    expect(loading.unknown).toEqual([
      "/app/main needs libx.so.1, and it is not certain that the loader finds it: the loader's built-in directories could not be read.",
    ]);
  });

  test("leaves open what is missing if a cache is not read, and ignores an empty one", () => {
    const unread = { ...withLibrary({}), "etc/ld.so.cache": { content: { format: "other" } } as const };
    expect(load(unread)).toMatchObject({
      problems: [],
      unknown: [expect.stringContaining("the loader's cache could not be read")],
    });
    expect(load({ ...unread, "etc/ld.so.cache": { size: 0 } }).problems.length).toBe(1);
  });

  test("leaves open what is missing if it was built with its own prefix, as Linuxbrew's loader", () => {
    const loader = { ...glibcLoader, loaderDirectories: ["/home/linuxbrew/.linuxbrew/opt/glibc/lib"] };
    const loading = load({ ...withLibrary({}), "lib64/ld-linux-x86-64.so.2": loader });
    expect(loading).toMatchObject({ problems: [], unknown: [expect.stringContaining("cache")] });
  });

  test("leaves open libraries that the runtime adds to a container", () => {
    const needed = ["libcuda.so.1", "libnvidia-ml.so.1", "libGLX_nvidia.so.0", "libcudart.so.12"];
    const loading = load(withLibrary({ needed }));
    expect(loading.problems.map(({ needs }) => needs)).toEqual(["libcudart.so.12"]);
    expect(loading.unknown[0]).toBe(
      "/app/main needs libcuda.so.1, which images do not contain: the runtime adds it on machines with NVIDIA's driver.",
    );
  });

  describe("of other files", () => {
    const environment = new Map([["LD_LIBRARY_PATH", "/first"]]);
    const first = (what: LoaderTree[string]) =>
      load({ ...withLibrary({}, "usr/lib/libx.so.1"), "first/libx.so.1": what }, { environment });

    test("skips files of another class or machine", () => {
      for (const facts of [
        { class: 32 },
        { machine: 183 },
        { machine: 22, class: 32, byteOrder: "big" },
      ] as const) {
        expect(found(first(library({}, facts)))).toEqual({ "libx.so.1": "/usr/lib/libx.so.1" });
      }
      const alone = load({ ...withLibrary({}), "usr/lib/libx.so.1": library({}, { machine: 183 }) });
      expect(problems(alone)).toEqual([
        "library-missing: /app/main needs libx.so.1, /usr/lib/libx.so.1 is for arm64",
      ]);
    });

    test.each<[string, LoaderTree[string]]>([
      ["is not an ELF file", "INPUT(libx.so.2)"],
      ["is empty", { size: 0 }],
      ["is a directory", { type: "directory" }],
      ["is big-endian", library({}, { byteOrder: "big" })],
      [
        "has no dynamic section",
        { content: { format: "elf", elf: { class: 64, byteOrder: "little", machine: 62, type: 3 } } },
      ],
      ["is a program, not a library", library({}, { type: 2 })],
      ["is neither a program nor a library", library({}, { type: 1 })],
    ])("ends at a file that %s", (words, what) => {
      expect(problems(first(what))).toEqual([
        `library-missing: /app/main needs libx.so.1, /first/libx.so.1 ${words}`,
      ]);
    });

    test.each<[string, LoaderTree[string]]>([
      ["was not inspected", {}],
      ["was not read as an ELF file", { content: { format: "elf" } }],
      ["could not be read: it is damaged", library({}, { unread: "it is damaged" })],
      ["is a program, which newer loaders refuse to load as a library", program()],
      ["is not a regular file", { type: "fifo" }],
    ])("leaves open what a file needs that %s", (words, what) => {
      expect(first(what)).toMatchObject({ problems: [], unknown: [`/first/libx.so.1 ${words}.`] });
    });

    test("skips and reports what the user cannot read", () => {
      const tree = (more: LoaderTree) => ({ ...withLibrary({}), ...more });
      const file = (fields: object) => ({ content: { format: "elf", elf: library() } as const, ...fields });
      const user = { uid: 1000, gids: new Set([1000, 7]) };
      const count = (more: LoaderTree) => load(tree(more), { user }).problems.length;
      expect(problems(load(tree({ "usr/lib/libx.so.1": file({ mode: 0o600 }) }), { user }))).toEqual([
        "library-missing: /app/main needs libx.so.1, the image's user cannot read /usr/lib/libx.so.1",
      ]);
      expect(load(tree({ "usr/lib/libx.so.1": file({ mode: 0o600 }) })).problems).toEqual([]);
      expect(count({ "usr/lib/libx.so.1": file({ mode: 0o400, uid: 1000 }) })).toBe(0);
      expect(count({ "usr/lib/libx.so.1": file({ mode: 0o044, uid: 1000 }) })).toBe(1);
      expect(count({ "usr/lib/libx.so.1": file({ mode: 0o040, gid: 7 }) })).toBe(0);
      expect(count({ "usr/lib/libx.so.1": file({ mode: 0o704, gid: 7 }) })).toBe(1);
      const closed = { type: "directory", size: 0, mode: 0o700 } as const;
      expect(
        count({ "closed/libx.so.1": library(), closed, "usr/lib/libx.so.1": "-> /closed/libx.so.1" }),
      ).toBe(1);
    });
  });

  describe("preloads", () => {
    test("before what is needed, and counts it as loaded", () => {
      const environment = new Map([["LD_PRELOAD", "/app/mine.so libz.so"]]);
      const loading = load(
        {
          ...withLibrary({}),
          "app/mine.so": library({ soname: "libx.so.1", needed: ["libz.so"] }),
          "usr/lib/libz.so": library(),
        },
        { environment },
      );
      expect(found(loading)).toEqual({ "/app/mine.so": "/app/mine.so", "libz.so": "/usr/lib/libz.so" });
      expect(loading).toMatchObject({ problems: [], hints: [] });
    });

    test("and hints at what it cannot preload", () => {
      const environment = new Map([["LD_PRELOAD", "libgone.so:/app/text"]]);
      const tree = {
        ...withLibrary({ needed: [] }),
        "app/text": "text",
        "etc/ld.so.preload": "# none\nlibalso.so\n",
      };
      expect(load(tree, { environment })).toMatchObject({
        problems: [],
        unknown: [],
        hints: ["libgone.so", "/app/text", "libalso.so"].map(
          (name) => `The loader cannot preload ${name}, and prints a warning.`,
        ),
      });
    });
  });

  describe("looks for versions", () => {
    const tree = (versions: ElfDynamic["versionNeeds"], libx: ElfDynamic = {}) => ({
      ...glibcTree,
      "app/main": program({ needed: ["libc.so.6", "libx.so.1"], versionNeeds: versions ?? [] }),
      "usr/lib/libx.so.1": library(libx),
    });

    test("and reports which exist instead", () => {
      const names = ["GLIBC_2.2.5", "GLIBC_2.34", "GLIBC_2.10", "OTHER_1", "odd"];
      const needs = [{ library: "libc.so.6", versions: names.map((name) => ({ name })) }];
      expect(problems(load(tree(needs)))).toEqual([
        "version-missing: /app/main needs GLIBC_2.34, libc.so.6 has versions up to GLIBC_2.31",
        "version-missing: /app/main needs GLIBC_2.10, libc.so.6 defines GLIBC_2.31, but not this version",
        "version-missing: /app/main needs OTHER_1, libc.so.6 does not define it",
        "version-missing: /app/main needs odd, libc.so.6 does not define it",
      ]);
    });

    test("of libraries, too", () => {
      const needs = [{ library: "libc.so.6", versions: [{ name: "GLIBC_2.35" }] }];
      expect(problems(load(tree([], { versionNeeds: needs })))).toEqual([
        "version-missing: /usr/lib/libx.so.1 needs GLIBC_2.35, libc.so.6 has versions up to GLIBC_2.31",
      ]);
    });

    test("except weak ones, and those of libraries that have none or are not read", () => {
      const weak = [{ library: "libc.so.6", versions: [{ name: "GLIBC_2.36", isWeak: true }] }] as const;
      expect(load(tree(weak)).problems).toEqual([]);
      const none = [{ library: "libx.so.1", versions: [{ name: "X_1" }] }];
      expect(load(tree(none)).problems).toEqual([]);
      expect(load({ ...tree(none), "usr/lib/libx.so.1": {} }).problems).toEqual([]);
    });

    test("and leaves open those of a library that nothing loads", () => {
      const needs = [{ library: "libgone.so", versions: [{ name: "X_1" }] }];
      expect(load(tree(needs))).toMatchObject({
        problems: [],
        unknown: ["/app/main needs symbol versions of libgone.so, which it does not load."],
      });
    });
  });

  test("stops at more than any program has, and then claims nothing", () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `lib${index}.so`);
    const deep = Object.fromEntries(
      many.map((name, index) => [
        `usr/lib/${name}`,
        library({ needed: [`lib${index + 1}.so`, `gone${index}.so`], rpath: `/none${index}:$ORIGIN` }),
      ]),
    );
    for (const needed of [many, ["lib0.so"]]) {
      const loading = load({ ...glibcTree, ...deep, "app/main": program({ needed }) });
      expect(loading.links.length).toBeLessThan(25_000);
      expect(loading.unknown).toContain(
        "/app/main leads to more libraries and directories than Image Audit follows.",
      );
    }
  });
});
