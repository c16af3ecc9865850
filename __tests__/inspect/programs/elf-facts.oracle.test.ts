import { Buffer } from "node:buffer";
import { closeSync, lstatSync, openSync, readdirSync, readFileSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { ElfFacts } from "../../../src/image/layer/content.ts";
import { ElfReader } from "../../../src/inspect/programs/elf-facts.ts";
import { canInstall, distribution, installMissing } from "../../../tools/engine/apt.ts";
import { debianRoot } from "../../helpers/debian-root.ts";
import { elfFile } from "../../helpers/elf.ts";
import { anyFileFacts, anyFileLayout, anyMutations, factsOf, mutated } from "../../helpers/elf-facts.ts";
import { readelfFacts } from "../../helpers/readelf.ts";

// Compares what is read of real programs and libraries with what binutils' readelf reads.

const packages = "libc6 musl bash coreutils perl-base libstdc++6 libssl3 python3-minimal libsystemd0".split(
  " ",
);

/** Architectures without packages in Debian 12: old and big-endian ones, in 32 and 64 bits. */
const cross = [
  "alpha",
  "hppa",
  "m68k",
  "mips",
  "mips64",
  "powerpc",
  "ppc64",
  "riscv64",
  "sh4",
  "sparc64",
  "x32",
];

/** Compares programs of more architectures, and makes all of the changes: two minutes more on two cores. */
const isWhole = process.env["ALL_PROGRAMS"] === "1";

const architectures: readonly (readonly [name: string, packages: readonly string[], least: number])[] = [
  ...["armhf", "s390x", ...(isWhole ? ["arm64", "i386", "mips64el", "ppc64el"] : [])].map(
    (name) => [name, packages, 400] as const,
  ),
  ["amd64", cross.map((name) => (name === "alpha" ? "libc6.1-alpha-cross" : `libc6-${name}-cross`)), 200],
];

const isDebian12 = canInstall() && (await distribution()).codename === "bookworm";
if (!isDebian12)
  console.error("NOT TESTED: real programs are those of Debian 12, and its packages are not to be had here.");

describe.runIf(isDebian12)("readelf says the same", () => {
  beforeAll(() => installMissing({ readelf: "binutils" }));

  test.each(architectures)(
    "of Debian's packages for %s",
    async (name, packages, least) => {
      const root = await debianRoot(`elf-facts-${name}`, packages, name);
      const { count, loaders } = compare(root);
      expect(count).toBeGreaterThan(least);
      expect(loaders).toBeGreaterThan(name === "amd64" ? 8 : 0);
    },
    900_000,
  );

  test("of this machine's programs and libraries", () => {
    const { count, loaders } = compare(isWhole ? "/usr" : "/usr/bin");
    expect(count).toBeGreaterThan(200);
    if (isWhole) expect(loaders).toBeGreaterThan(0);
  }, 900_000);
});

test("no change to a real program makes the reader throw", () => {
  const files = readdirSync("/usr/bin")
    .map((name) => join("/usr/bin", name))
    .filter((path) => lstatSync(path).isFile() && isElf(path) && statSync(path).size < 20_000)
    .map((path) => readFileSync(path));
  const anyFile = fc.oneof(
    ...(files.length === 0 ? [] : [fc.constantFrom(...files)]),
    fc.tuple(anyFileFacts, anyFileLayout).map(([facts, layout]) => elfFile(facts, layout)),
  );
  const anyLength = fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true }));
  fc.assert(
    fc.property(anyFile, anyMutations, anyLength, (file, mutations, length) => {
      const facts = factsOf(mutated(file, mutations, length), { path: "lib/ld-2.31.so", chunk: 4096 });
      expect(JSON.stringify(facts ?? null).length).toBeLessThan(256 * 1024);
    }),
    { numRuns: isWhole ? 100_000 : 20_000 },
  );
}, 900_000);

/** Returns every program and library below a directory. */
function compare(directory: string): { readonly count: number; readonly loaders: number } {
  const paths = programsIn(directory);
  const told = readelfFacts(paths);
  let loaders = 0;
  for (const path of paths) {
    const { loaderDirectories, unread, ...facts } = read(path) ?? ({} as Partial<ElfFacts>);
    const { loaderDirectories: _, ...others } = told.get(path) ?? ({} as Partial<ElfFacts>);
    expect(facts, path).toEqual(others);
    // A file of debug symbols has the headers of its program, but not the bytes.
    if (others.dynamic !== undefined) expect(unread, path).toBeUndefined();
    if (loaderDirectories === undefined) continue;
    expect(loaderDirectories, path).toEqual(debianDirectories(path));
    loaders++;
  }
  return { count: paths.length, loaders };
}

/** Debian has a directory for each architecture, with its loader. */
function debianDirectories(path: string): readonly string[] {
  if (path.endsWith("libc.so")) return ["/lib", "/usr/local/lib", "/usr/lib"];
  const triplet = path.split("/").findLast((name) => /-linux-gnu/.test(name));
  return [`/lib/${triplet}`, `/usr/lib/${triplet}`, "/lib", "/usr/lib"];
}

function read(path: string): ElfFacts | undefined {
  const reader = new ElfReader({ path, size: statSync(path).size });
  const chunk = Buffer.alloc(65_536);
  const file = openSync(path, "r");
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk))
      reader.update(chunk.subarray(0, length));
  } finally {
    closeSync(file);
  }
  return reader.finish();
}

function programsIn(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return programsIn(path);
    return entry.isFile() && isElf(path) ? [path] : [];
  });
}

/** Reports whether a file is a program or a library, not an object file. */
function isElf(path: string): boolean {
  const head = Buffer.alloc(18);
  const file = openSync(path, "r");
  const length = readSync(file, head);
  closeSync(file);
  if (length < head.length || head.toString("latin1", 0, 4) !== "\x7fELF") return false;
  const type = head[5] === 2 ? head.readUInt16BE(16) : head.readUInt16LE(16);
  return type === 2 || type === 3;
}
