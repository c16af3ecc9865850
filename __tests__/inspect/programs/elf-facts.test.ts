import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ElfFacts } from "../../../src/image/layer/content.ts";
import { type ElfFileFacts, type ElfFileLayout, elfFile } from "../../helpers/elf.ts";
import { anyFileFacts, anyFileLayout, anyMutations, factsOf, mutated } from "../../helpers/elf-facts.ts";

const MiB = 1024 ** 2;

/** Facts with a value for every property. */
const whole = {
  class: 64,
  byteOrder: "little",
  machine: 62,
  type: 3,
  interpreter: "/lib64/ld-linux-x86-64.so.2",
  dynamic: {
    needed: ["libm.so.6", "libc.so.6"],
    soname: "libwhole.so.1",
    rpath: "/opt/lib:$ORIGIN/../lib",
    runpath: "/opt/lib",
    hasNoDefaultLibraries: true,
    isPie: true,
    versionNeeds: [
      { library: "libc.so.6", versions: [{ name: "GLIBC_2.34" }, { name: "GLIBC_2.4", isWeak: true }] },
      { library: "libm.so.6", versions: [{ name: "GLIBC_2.2.5" }] },
    ],
    versionDefinitions: ["WHOLE_1", "WHOLE_1.1"],
  },
} as const satisfies ElfFacts;

const identity = { class: 64, byteOrder: "little", machine: 62, type: 3 } as const;

test("reads the facts of any file, in any layout and any chunks", () => {
  fc.assert(
    fc.property(anyFileFacts, anyFileLayout, fc.integer({ min: 1, max: 5000 }), (facts, layout, chunk) => {
      expect(factsOf(elfFile(facts, layout), { chunk })).toEqual(facts);
    }),
    { numRuns: 500 },
  );
});

test("reads the same in chunks of any size", () => {
  for (const tables of ["begin", "constants", "end"] as const) {
    const file = elfFile(whole, { tables, programHeaders: "end" });
    for (const chunk of [1, 2, 3, 7, 63, 64, 65, 511, file.length]) {
      expect(factsOf(file, { chunk })).toEqual(whole);
    }
  }
});

test("a static program has no loader, and a static PIE has a dynamic section", () => {
  const identity = { class: 64, byteOrder: "little", machine: 183 } as const;
  expect(factsOf(elfFile({ ...identity, type: 2 }))).toEqual({ ...identity, type: 2 });
  const facts = { ...identity, type: 3, dynamic: { isPie: true } } as const;
  expect(factsOf(elfFile(facts))).toEqual(facts);
});

test.each([
  ["an object file", elfFile({ type: 1 })],
  ["a core dump", elfFile({ type: 4 })],
  ["no class", withByte(elfFile(), 4, 3)],
  ["no byte order", withByte(elfFile(), 5, 0)],
  ["another magic", withByte(elfFile(), 0, 0)],
  ["four bytes", Buffer.from("\x7fELF", "latin1")],
  ["no bytes", Buffer.alloc(0)],
])("is neither a program nor a library: %s", (_, bytes) => {
  expect(factsOf(bytes)).toBeUndefined();
});

describe("keeps only what matters of a large file", () => {
  const large: readonly (readonly [string, ElfFileLayout])[] = [
    ["much code", { text: 20 * MiB }],
    ["much of everything", { text: 20 * MiB, constants: 20 * MiB, data: 20 * MiB }],
    ["much code in the one segment", { text: 20 * MiB, isOneSegment: true }],
    ["many symbols", { otherStrings: 7 * MiB, text: 20 * MiB }],
    [
      "Go's own linker",
      { tables: "constants", sectionHeaders: "begin", text: 20 * MiB, constants: 20 * MiB },
    ],
    ["Go's own linker, stripped", { tables: "constants", text: 20 * MiB, constants: 7 * MiB }],
    ["patchelf", { tables: "end", text: 20 * MiB, data: 20 * MiB }],
    [
      "patchelf that moves all headers",
      { tables: "end", programHeaders: "end", text: 20 * MiB, data: 20 * MiB },
    ],
    ["patchelf, and many symbols", { tables: "end", otherStrings: 7 * MiB, text: 20 * MiB }],
    ["BOLT", { tables: "begin", programHeaders: "end", text: 20 * MiB, data: 20 * MiB }],
  ];

  test.each(large)("%s", (_, layout) => {
    const file = elfFile(whole, layout);
    expect(factsOf(file)).toEqual(whole);
    expect(factsOf(file, { chunk: 3 * MiB + 1 })).toEqual(whole);
  });

  test("reports it if that is not enough", () => {
    const far = { tables: "begin", otherStrings: 17 * MiB } as const;
    const { unread, interpreter } = factsOf(elfFile(whole, far)) ?? {};
    expect([interpreter, unread]).toEqual([whole.interpreter, "its tables are too far into the file"]);
  });
});

describe("finds the directories of loaders", () => {
  const debian = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib", "/usr/lib"];
  const musl = ["/lib", "/usr/local/lib", "/usr/lib"];
  const glibc = "/usr/lib/ld-linux-x86-64.so.2";

  test.each([
    [glibc, "ld-linux-x86-64.so.2", debian],
    ["/lib/ld-2.31.so", "ld-linux-x86-64.so.2", ["/lib64", "/usr/lib64"]],
    ["/lib/ld64.so.2", "ld64.so.2", ["/lib64", "/usr/lib64"]],
    ["/lib/ld.so.1", "ld.so.1", ["/nix/store/0123-glibc-2.38/lib"]],
    ["/lib/ld-musl-x86_64.so.1", "libc.musl-x86_64.so.1", musl],
    ["/usr/lib/x86_64-linux-musl/libc.so", "libc.so", musl],
  ])("%s", (path, soname, loaderDirectories) => {
    const facts = { ...identity, dynamic: { soname }, loaderDirectories };
    const strings = ["/etc/ld.so.cache", "/bin:/usr/bin", "/proc/self/exe", "//", "/"];
    const musl = soname.startsWith("libc") ? ["%.*s/etc/ld-musl-x86_64.path"] : [];
    for (const layout of [{}, { isOneSegment: true, text: 100_000 }, { constants: 100_000 }]) {
      const file = elfFile(facts, { ...layout, strings: [...strings, ...musl] });
      for (const chunk of [97, 65_536]) expect(factsOf(file, { path: path.slice(1), chunk })).toEqual(facts);
      expect(factsOf(file, { path: "usr/lib/libother.so" })?.loaderDirectories).toBeUndefined();
    }
  });

  test("but none in files that only have a loader's name", () => {
    const strings = ["/lib/ld-musl-x86_64.so.1", "/etc/ld.so.cache", "/usr/local/bin:/bin:/usr/bin", "/lib"];
    const facts = { ...identity, interpreter: "/lib/ld-musl-x86_64.so.1", dynamic: { isPie: true } } as const;
    expect(factsOf(elfFile(facts, { strings }), { path: glibc.slice(1) })).toEqual(facts);
  });
});

describe("reports why a file could not be read", () => {
  const file = elfFile(whole);
  const headers = file.readUInt32LE(32);
  const count = file.readUInt16LE(56);
  /** Returns the offset of the program header of a type. */
  const headerOf = (type: number) => {
    const at = Array.from({ length: count }, (_, index) => headers + 56 * index);
    return at.find((place) => file.readUInt32LE(place) === type) ?? 0;
  };
  const [interpreter, dynamic] = [headerOf(3), headerOf(2)];
  const sectionAt = file.readUInt32LE(dynamic + 8);
  /** Returns the offset of the value of a dynamic entry. */
  const entryOf = (tag: number) => {
    let at = sectionAt;
    while (file.readUInt32LE(at) !== tag) at += 16;
    return at + 8;
  };
  const [strings, needs] = [file.readUInt32LE(entryOf(5)), file.readUInt32LE(entryOf(0x6ffffffe))];
  const change = (at: number, value: number) => {
    const changed = Buffer.from(file);
    changed.writeUInt32LE(value, at);
    return changed;
  };

  const headersDamaged = "its program headers are damaged";
  test.each([
    ["a cut header", file.subarray(0, 60), "its headers are cut off"],
    ["cut program headers", file.subarray(0, 200), "its headers are cut off"],
    ["no program headers", change(56, 0), headersDamaged],
    ["program headers of another size", change(54, 55), headersDamaged],
    ["program headers at the begin of the file", change(32, 0), headersDamaged],
    ["program headers behind the end of the file", change(32, file.length), "its headers are cut off"],
    ["an interpreter without an end", change(interpreter + 32, 5), "its interpreter's name is damaged"],
    ["an interpreter of one byte", change(interpreter + 32, 1), "its interpreter's name is damaged"],
    ["an interpreter that is too long", change(interpreter + 32, 5000), "its interpreter's name is damaged"],
    ["a dynamic section outside", change(dynamic + 16, 0x7fffffff), "its dynamic section is not loaded"],
    ["a dynamic section without an end", change(dynamic + 32, 64), "its dynamic section has no end"],
    ["strings outside", change(entryOf(5), 0x7fffffff), "its tables are outside of its loaded segments"],
    ["no strings", change(entryOf(5) - 8, 0x6fff0000), "it has no string table"],
    ["a name outside", change(entryOf(1), 0x7fffffff), "its tables are outside of its loaded segments"],
    [
      "versions outside",
      change(entryOf(0x6ffffffe), 0x7fffffff),
      "its tables are outside of its loaded segments",
    ],
    ["versions of another kind", change(needs, 2), "its symbol versions are damaged or of an unknown kind"],
    ["a cut file", file.subarray(0, strings + 4), "its dynamic section has no end"],
  ])("%s", (_, bytes, unread) => {
    for (const chunk of [1, 65_536]) expect(factsOf(bytes, { chunk })?.unread).toBe(unread);
  });

  test("and reads the rest", () => {
    const { versionNeeds: _, ...others } = whole.dynamic;
    expect(factsOf(change(needs, 2))).toMatchObject({ ...whole, dynamic: others });
    expect(factsOf(change(needs, 2))?.dynamic?.versionNeeds).toBeUndefined();
    const { interpreter: _interpreter, ...rest } = whole;
    expect(factsOf(change(interpreter + 32, 5))).toEqual({
      ...rest,
      unread: "its interpreter's name is damaged",
    });
  });

  test("more segments than any linker makes", () => {
    const many = Buffer.alloc(64 + 56 * 65);
    file.copy(many, 0, 0, 64);
    many.writeUInt32LE(64, 32);
    many.writeUInt16LE(65, 56);
    for (let index = 0; index < 65; index++) many.writeUInt32LE(1, 64 + 56 * index);
    expect(factsOf(many)?.unread).toBe("it has more segments than linkers write");
    many.writeUInt32LE(0, 64);
    expect(factsOf(many)?.unread).toBeUndefined();
  });

  const long = "x".repeat(4096);
  const versions = Array.from({ length: 6000 }, (_, index) => ({ name: `V${index}` }));
  const tooMuch = "it has more names than are kept of one file";
  test.each<[string, ElfFileFacts["dynamic"], string | undefined]>([
    ["a name of 4096 bytes", { soname: long }, undefined],
    ["a longer name", { soname: `${long}x` }, "it has a name longer than 4096 bytes"],
    ["much text", { needed: Array.from({ length: 60 }, (_, index) => `${index}${long.slice(10)}`) }, tooMuch],
    [
      "text that is long in JSON",
      { needed: Array.from({ length: 10 }, (_, at) => `${at}${"\x01".repeat(4000)}`) },
      tooMuch,
    ],
    ["many libraries", { needed: Array.from({ length: 10_001 }, () => "") }, tooMuch],
    ["many versions", { versionNeeds: ["a", "b"].map((library) => ({ library, versions })) }, tooMuch],
    ["many definitions", { versionDefinitions: Array.from({ length: 10_001 }, () => "") }, tooMuch],
  ])("%s", (_, dynamic, unread) => {
    const facts = factsOf(elfFile({ dynamic: dynamic ?? {} }));
    expect(facts?.unread).toBe(unread);
    expect(JSON.stringify(facts).length).toBeLessThan(256 * 1024);
  });
});

test("the last of two segments at one address counts, because it is mapped over the other", () => {
  const first = elfFile(whole);
  const second = Buffer.from(first);
  second.write("libother.so.9", first.indexOf("libwhole.so.1"), "latin1");
  const file = Buffer.concat([first, second]);
  const headers = file.readUInt32LE(32);
  // Remove PT_INTERP, the first header, and repeat the first PT_LOAD after the others, for the copy.
  const again = headers + 56 * (file.readUInt16LE(56) - 2);
  first.copy(file, headers, headers + 56, again + 56);
  first.copy(file, again, headers + 56, headers + 2 * 56);
  file.writeUInt32LE(first.length, again + 8);
  const { interpreter: _, ...rest } = whole;
  expect(factsOf(file)).toEqual({ ...rest, dynamic: { ...whole.dynamic, soname: "libother.so.9" } });
});

test("any bytes are read without throwing, and little is kept", () => {
  fc.assert(
    fc.property(
      anyFileFacts,
      anyFileLayout,
      anyMutations,
      fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      (facts, layout, mutations, length) => {
        const bytes = mutated(elfFile(facts, layout), mutations, length);
        const read = factsOf(bytes, { path: "lib/ld-musl-x86_64.so.1", chunk: 1000 });
        expect(JSON.stringify(read ?? null).length).toBeLessThan(256 * 1024);
        expect(factsOf(bytes, { path: "lib/ld-musl-x86_64.so.1", chunk: 77 })).toEqual(read);
      },
    ),
    { numRuns: 3000 },
  );
});

function withByte(bytes: Buffer, at: number, byte: number): Buffer {
  const changed = Buffer.from(bytes);
  changed[at] = byte;
  return changed;
}
