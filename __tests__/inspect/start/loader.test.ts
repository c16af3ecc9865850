import { describe, expect, test } from "vitest";
import type { ElfFacts } from "../../../src/image/layer/content.ts";
import {
  glibcLoader,
  glibcTree,
  type LoaderTree,
  library,
  load,
  muslLoader,
  problems,
  program,
} from "../../helpers/loader-tree.ts";

const path = "lib64/ld-linux-x86-64.so.2";

describe("the loader of a program", () => {
  test("is not needed for a static program", () => {
    const nothing = { links: [], problems: [], unknown: [], unproven: [], hints: [] };
    expect(load({ "app/main": { class: 64, byteOrder: "little", machine: 62, type: 2 } })).toEqual(nothing);
    expect(load({ "app/main": library({ isPie: true }) })).toEqual(nothing);
    expect(load({ "app/main": library({ needed: ["libc.so.6"] }) })).toMatchObject({
      problems: [],
      unknown: ["/app/main needs libraries, but names no loader to load them."],
    });
  });

  test.each<[string, string, LoaderTree]>([
    ["interpreter-missing", "this image does not have it", {}],
    ["interpreter-missing", "this image does not have it", { [path]: "-> /lib/gone" }],
    ["interpreter-missing", `/${path} is not a file`, { [path]: { type: "directory" } }],
    ["interpreter-missing", `/${path} is not an ELF file`, { [path]: "#!/bin/sh" }],
    ["interpreter-missing", `/${path} has no execute bit`, { [path]: { mode: 0o644 } }],
    ["wrong-architecture", `/${path} is for arm64`, { [path]: { ...glibcLoader, machine: 183 } }],
    ["wrong-architecture", `/${path} is for i386`, { [path]: { ...glibcLoader, machine: 3, class: 32 } }],
  ])("is a problem, %s: %s", (kind, words, tree) => {
    const loading = load({ ...tree, "app/main": program({ needed: ["libc.so.6"] }) });
    expect(problems(loading)).toEqual([`${kind}: /app/main needs /${path}, ${words}`]);
    expect(loading.links.length).toBe(1);
    expect(loading.unknown).toEqual([]);
  });

  test("needs no permission if the engine executes, and the user's if another program does", () => {
    const tree = {
      ...glibcTree,
      [path]: { mode: 0o700, content: { format: "elf", elf: glibcLoader } } as const,
      "app/main": program(),
    };
    const user = { uid: 1000, gids: new Set([1000]) };
    expect(load(tree, { user }).problems).toEqual([]);
    expect(problems(load(tree, { user, isStartedByEngine: false }))).toEqual([
      `interpreter-missing: /app/main needs /${path}, the image's user cannot execute /${path}`,
    ]);
    expect(load(tree, { isStartedByEngine: false }).problems).toEqual([]);
  });

  test("is looked for in the working directory if its path is relative", () => {
    const tree = { "srv/ld.so": glibcLoader, "app/main": program({}, "ld.so") };
    expect(load(tree, { workingDirectory: "/srv" }).problems).toEqual([]);
    expect(load(tree).problems.length).toBe(1);
  });

  test.each<[string, LoaderTree[string]]>([
    ["was not inspected", {}],
    ["is not an ELF file that was read", { content: { format: "elf" } }],
    ["is damaged", { ...glibcLoader, unread: "it is damaged" }],
  ])("is unknown if it %s", (_, what) => {
    const loading = load({ "app/main": program({ needed: ["libgone.so"] }), [path]: what });
    expect(loading).toMatchObject({
      problems: [],
      unknown: [`/${path} could not be read, so what it loads is not known.`],
    });
  });

  test("is unknown for a program that was not read", () => {
    expect(load({ "app/main": {} })).toMatchObject({ problems: [], unknown: [expect.any(String)] });
    const unread: ElfFacts = { ...program(), unread: "it is damaged" };
    expect(load({ "app/main": unread }).unknown).toEqual(["/app/main could not be read: it is damaged."]);
  });

  test("is identified by its bytes, and others are left alone", () => {
    const main = program({ needed: ["libgone.so"] });
    const other = load({ "app/main": main, [path]: library({ soname: "ld-uClibc.so.1" }) });
    expect(other).toMatchObject({
      problems: [],
      unknown: [`/${path} is an unknown dynamic loader, so what it loads is not known.`],
    });
    // Debian builds musl without a soname.
    const { dynamic: _, ...nameless } = muslLoader;
    const musl = load({ "app/main": main, [path]: { ...nameless, dynamic: {} } });
    expect(musl.problems.length + musl.unknown.length).toBe(1);
    expect(musl.unproven).toEqual([
      "musl has no symbol versions, so whether all symbols exist was not checked.",
    ]);
    const stub = load({ "app/main": main, [path]: library({ needed: ["libc.musl-x86_64.so.1"] }) });
    expect(stub.problems).toEqual([]);
  });

  test("has names that are not ASCII as text", () => {
    const latin1 = Buffer.from("libö.so").toString("latin1");
    const loading = load({ ...glibcTree, "app/main": program({ needed: [latin1], runpath: "/opt" }) });
    expect(loading.links.at(-1)).toMatchObject({ needs: "libö.so", path: "libö.so" });
    const environment = new Map([["LD_LIBRARY_PATH", "/ö"]]);
    const found = load(
      {
        ...glibcTree,
        "app/main": program({ needed: [latin1] }),
        [Buffer.from(`ö/libö.so`).toString("latin1")]: library(),
      },
      { environment },
    );
    expect(found.links.at(-1)).toMatchObject({ needs: "libö.so", path: "/ö/libö.so", isFound: true });
  });
});
