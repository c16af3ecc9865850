import { describe, expect, test } from "vitest";
import { cacheAbi } from "../../../src/inspect/start/abi.ts";
import { type CacheAbi, ldSoCache } from "../../../src/inspect/start/ld-so-cache.ts";
import { found, glibcTree, library, load, program } from "../../helpers/loader-tree.ts";

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly flags?: number;
  /** the bit of glibc-hwcaps in the upper half, or a bit of the older mask */
  readonly hwcap?: readonly [lower: number, upper: number];
}

const amd64: CacheAbi = { byteOrder: "little", alignment: 8, flags: [0x303], preferred: 0x303 };
const hwcaps = [0, 0x40000000] as const;

/** The format of glibc 2.2 and newer (dl-cache.h). */
function newFormat(
  entries: readonly Entry[],
  { isBig = false, order = 2, amount = entries.length } = {},
): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    isBig ? bytes.writeUInt32BE(value) : bytes.writeUInt32LE(value);
    return bytes;
  };
  const { strings, offsets } = stringsOf(entries, 48 + entries.length * 24);
  const header = Buffer.concat([
    Buffer.from("glibc-ld.so.cache1.1"),
    number(amount),
    number(strings.length),
    Buffer.from([order, 0, 0, 0]),
    Buffer.alloc(16),
  ]);
  const table = entries.flatMap(({ flags = 0x303, hwcap: [lower, upper] = [0, 0] }, index) =>
    [flags, ...(offsets[index] ?? []), 0, ...(isBig ? [upper, lower] : [lower, upper])].map(number),
  );
  return Buffer.concat([header, ...table, strings]);
}

/** The format of libc5 and glibc 2.0, and what follows it. */
function oldFormat(entries: readonly Entry[], alignment: number | null, inner: Buffer): Buffer {
  const number = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  const { strings, offsets } = stringsOf(entries, 0);
  const head = Buffer.concat([
    Buffer.from("ld.so-1.7.0\0"),
    number(entries.length),
    ...entries.flatMap(({ flags = 0x303 }, index) => [flags, ...(offsets[index] ?? [])].map(number)),
  ]);
  if (alignment === null) return Buffer.concat([head, strings]);
  return Buffer.concat([head, Buffer.alloc((alignment - (head.length % alignment)) % alignment), inner]);
}

function stringsOf(entries: readonly Entry[], base: number) {
  let strings = "";
  const add = (text: string) => {
    const at = base + strings.length;
    strings += `${text}\0`;
    return at;
  };
  const offsets = entries.map(({ name, path }) => [add(name), add(path)] as const);
  return { strings: Buffer.from(strings, "latin1"), offsets };
}

function lookUp(bytes: Buffer, name: string, abi = amd64) {
  return ldSoCache(bytes.toString("latin1"), abi)(name);
}

const entries = [
  { name: "libz.so.1", path: "/lib32/libz.so.1", flags: 0x3 },
  { name: "libz.so.1", path: "/lib/libz.so.1" },
  { name: "libz.so.1", path: "/other/libz.so.1" },
  { name: "liba.so.10", path: "/lib/liba.so.10" },
];
const nowhere = { path: null, processors: [] };

describe("/etc/ld.so.cache", () => {
  test.each<[string, Buffer]>([
    ["in the new format", newFormat(entries)],
    ["in the new format, of before glibc 2.33", newFormat(entries, { order: 0 })],
    ["in the new format inside the old one", oldFormat(entries.slice(0, 1), 8, newFormat(entries))],
    ["in the old format", oldFormat(entries, null, Buffer.alloc(0))],
  ])("%s has the first path of the loader's own ABI", (_, bytes) => {
    expect(lookUp(bytes, "libz.so.1")).toEqual({ path: "/lib/libz.so.1", processors: [] });
    expect(lookUp(bytes, "liba.so.10").path).toBe("/lib/liba.so.10");
    expect(lookUp(bytes, "libb.so")).toEqual(nowhere);
  });

  test("is aligned to 4 bytes inside the old format of i386", () => {
    const abi: CacheAbi = { byteOrder: "little", alignment: 4, flags: [1, 3], preferred: 3 };
    const bytes = oldFormat(entries.slice(0, 1), 4, newFormat(entries));
    expect(lookUp(bytes, "libz.so.1", abi).path).toBe("/lib32/libz.so.1");
  });

  test("uses the last entry of another ABI if there is no preferred one", () => {
    const abi: CacheAbi = { byteOrder: "little", alignment: 8, flags: [0x903, 3], preferred: 3 };
    const hard = [0x903, 0x903, 3].map((flags, index) => ({ name: "libz.so.1", path: `/${index}`, flags }));
    expect(lookUp(newFormat(hard), "libz.so.1", abi).path).toBe("/2");
    expect(lookUp(newFormat(hard.slice(0, 2)), "libz.so.1", abi).path).toBe("/1");
  });

  test("separates entries that are only for some processors", () => {
    const special = [
      { name: "libz.so.1", path: "/lib/glibc-hwcaps/x86-64-v3/libz.so.1", hwcap: hwcaps },
      { name: "libz.so.1", path: "/lib/haswell/libz.so.1", hwcap: [4, 0] as const },
      ...entries,
    ];
    expect(lookUp(newFormat(special), "libz.so.1")).toEqual({
      path: "/lib/libz.so.1",
      processors: ["/lib/glibc-hwcaps/x86-64-v3/libz.so.1", "/lib/haswell/libz.so.1"],
    });
  });

  test("compares numbers in names as numbers", () => {
    const numbers = [{ name: "libz.so.01", path: "/lib/libz.so.01" }];
    expect(lookUp(newFormat(numbers), "libz.so.1").path).toBe("/lib/libz.so.01");
    expect(lookUp(newFormat(numbers), "libz.so.10")).toEqual(nowhere);
  });

  test("is read in its own byte order, and rejected in another", () => {
    const big: CacheAbi = { byteOrder: "big", alignment: 8, flags: [0x303], preferred: 0x303 };
    expect(lookUp(newFormat(entries, { isBig: true, order: 3 }), "libz.so.1", big).path).toBe(
      "/lib/libz.so.1",
    );
    expect(lookUp(newFormat(entries, { order: 2 }), "libz.so.1", big)).toEqual(nowhere);
    expect(lookUp(newFormat(entries, { order: 1 }), "libz.so.1")).toEqual(nowhere);
  });

  test("is empty if it is damaged", () => {
    const whole = newFormat(entries);
    expect(lookUp(newFormat(entries, { amount: 100 }), "libz.so.1")).toEqual(nowhere);
    for (let length = 0; length < whole.length; length++) {
      expect([null, "/lib/libz.so.1"]).toContain(lookUp(whole.subarray(0, length), "libz.so.1").path);
    }
    for (const text of ["", "x", "ld.so-1.7.0", "glibc-ld.so.cache1.1"]) {
      expect(lookUp(Buffer.from(text), "libz.so.1")).toEqual(nowhere);
    }
  });

  test("is searched before the loader's own directories, and used if the file exists", () => {
    const cache = newFormat([{ name: "libx.so.1", path: "/opt/libx.so.1" }]).toString("latin1");
    const tree = {
      ...glibcTree,
      "etc/ld.so.cache": cache,
      "app/main": program({ needed: ["libx.so.1"] }),
      "usr/lib/libx.so.1": library(),
    };
    expect(found(load(tree))).toEqual({ "libx.so.1": "/usr/lib/libx.so.1" });
    expect(found(load({ ...tree, "opt/libx.so.1": library() }))).toEqual({ "libx.so.1": "/opt/libx.so.1" });
  });

  test("counts for a file with DF_1_NODEFLIB if the path is outside the loader's own directories", () => {
    const at = (path: string) => {
      const cache = newFormat([{ name: "libx.so.1", path: `/${path}` }]).toString("latin1");
      const main = program({ needed: ["libx.so.1"], hasNoDefaultLibraries: true });
      return load({ ...glibcTree, "etc/ld.so.cache": cache, "app/main": main, [path]: library() }).problems
        .length;
    };
    expect(at("opt/libx.so.1")).toBe(0);
    expect(at("usr/lib/libx.so.1")).toBe(1);
  });

  test("a library that is only for some processors is not found for certain", () => {
    const path = "opt/glibc-hwcaps/x86-64-v3/libx.so.1";
    const cache = newFormat([{ name: "libx.so.1", path: `/${path}`, hwcap: hwcaps }]).toString("latin1");
    const main = program({ needed: ["libx.so.1"] });
    const loading = load({ ...glibcTree, "etc/ld.so.cache": cache, "app/main": main, [path]: library() });
    expect(loading).toMatchObject({ problems: [], unknown: [expect.stringContaining("some processors")] });
  });
});

test.each([
  ["ld-linux-x86-64.so.2", 62, 64, [0x303]],
  ["ld-linux.so.2", 3, 32, [1, 3]],
  ["ld-linux-x32.so.2", 62, 32, [1, 0x803]],
  ["ld-linux-aarch64.so.1", 183, 64, [0xa03]],
  ["ld-linux-armhf.so.3", 40, 32, [0x903, 3]],
  ["ld-linux.so.3", 40, 32, [0xb03, 3]],
  ["ld64.so.2", 21, 64, [0x503]],
  ["ld64.so.1", 22, 64, [0x403]],
  ["ld-linux-riscv64-lp64d.so.1", 243, 64, [0x1003]],
  ["ld-linux-riscv64-lp64.so.1", 243, 64, [0xf03]],
  ["ld-linux-loongarch-lp64d.so.1", 258, 64, [0x1203]],
  ["ld.so.1", 8, 64, [0x703]],
  ["ld-linux-mipsn8.so.1", 8, 64, [0xe03]],
] as const)("the loader %s takes its own entries", (soname, machine, width, flags) => {
  expect(cacheAbi(library({ soname }, { machine, class: width }))?.flags).toEqual(flags);
});

test("unknown processors have no ABI", () => {
  expect(cacheAbi(library({}, { machine: 4711 }))).toBe(null);
  expect(cacheAbi(library({}, { machine: 8, class: 32 }))).toBe(null);
});
