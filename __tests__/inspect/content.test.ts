import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Content } from "../../src/image/layer/content.ts";
import { examineContent } from "../../src/inspect/content.ts";
import { headSize } from "../../src/inspect/examiner.ts";
import { type Marker, stringsOf } from "../../src/inspect/programs/marker.ts";
import { packageManagerMarkers } from "../../src/inspect/programs/package-manager-markers.ts";
import { examineProgram } from "../../src/inspect/programs/program-search.ts";
import { shellMarkers } from "../../src/inspect/programs/shell-markers.ts";
import { elfFile } from "../helpers/elf.ts";
import { type ElfOptions, elf } from "../helpers/programs.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings = stringsOf(markers);

function examine(
  bytes: Buffer,
  { path = "usr/bin/app", mode = 0o755, chunk = 65536 } = {},
): Content | undefined {
  const probe = examineContent({ path, mode, size: bytes.length });
  for (let at = 0; at < bytes.length; at += chunk) probe?.update(bytes.subarray(at, at + chunk));
  return probe?.finish();
}

/** The same without what it tells the kernel and the loader, which elf-facts.test.ts is about. */
function withoutElf(content: Content | undefined): Content | undefined {
  if (content === undefined) return undefined;
  const { elf: _elf, ...rest } = content;
  return rest;
}

test.each(markers)("finds $name by its bytes", (marker) => {
  expect(examine(elf({ strings: stringsOf([marker]) }))?.markers).toContain(marker.name);
});

test.each(markers)(
  "finds $name if a byte of each of its strings is changed except the required ones",
  ({ name, signs }) => {
    for (const keep of ["first", "last"]) {
      const kept = signs.map(({ least, of }) => (keep === "first" ? of.slice(0, least) : of.slice(-least)));
      const changed = stringsOf([{ name, signs }]).filter((text) => !kept.flat().includes(text));
      const bytes = elf({ strings: [...kept.flat(), ...changed.map((text) => `${text.slice(0, -1)}\xff`)] });
      expect(examine(bytes)?.markers).toContain(name);
    }
  },
);

test.each(markers)("finds $name if any one string is changed", ({ name, signs }) => {
  const strings = stringsOf([{ name, signs }]);
  // The legacy Korn shell is then recognised as its parent.
  const known = name === "lksh" ? "mksh" : name;
  for (const changed of strings) {
    expect(examine(elf({ strings: strings.filter((text) => text !== changed) }))?.markers).toContain(known);
  }
});

test.each(markers)("does not find $name with fewer strings than required", ({ name, signs }) => {
  for (const few of signs) {
    const strings = signs.flatMap((sign) => sign.of.slice(0, sign === few ? sign.least - 1 : undefined));
    expect(examine(elf({ strings }))?.markers ?? []).not.toContain(name);
  }
});

test("finds every marker across chunks", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...markers),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 9000 }),
      (marker, chunk, filling) => {
        const bytes = elf({ strings: stringsOf([marker]), filling });
        expect(examine(bytes, { chunk })?.markers).toContain(marker.name);
      },
    ),
    { numRuns: 300 },
  );
});

test("finds no shell in a BusyBox or toybox without one", () => {
  const frame = ["BusyBox v1.36.1", "BusyBox is copyrighted by many authors", "applet not found"];
  expect(examine(elf({ strings: [...frame, "Toybox %s multicall"] }))?.markers).toBeUndefined();
});

test("no marker's string is a prefix of another, which would hide the longer one", () => {
  const hidden = strings.filter((text) => strings.some((other) => other !== text && text.startsWith(other)));
  expect(hidden).toEqual([]);
});

test("no marker's string has two consecutive NULs, which are frequent in programs", () => {
  expect(strings.filter((text) => text.includes("\0\0"))).toEqual([]);
});

test("no program requires more strings than it has", () => {
  const signs = markers.flatMap(({ signs }) => signs);
  expect(signs.filter(({ least, of }) => least < 1 || least > new Set(of).size)).toEqual([]);
});

test("searches a file's tail if the search's limit is inside a marker", () => {
  const bytes = elf({ program: "bash" });
  for (const [searchLimit, found] of [
    [bytes.length, ["bash"]],
    [bytes.length - 1, ["bash", "unread"]],
    [bytes.indexOf("Bash version"), ["unread"]],
  ] as const) {
    const file = { path: "program", mode: 0o755, size: bytes.length };
    const probe = examineProgram(file, bytes.subarray(0, headSize), searchLimit);
    probe?.update(bytes.subarray(0, 150));
    probe?.update(bytes.subarray(150));
    expect(probe?.finish()?.markers).toEqual(found);
  }
});

test.each<[string, Buffer, Content]>([
  ["a program", elf(), { format: "elf" }],
  ["a program packed by UPX", elf({ isPackedByUpx: true }), { format: "elf", markers: ["packed"] }],
  ["UPX itself, which names itself later on", elf({ filling: 2000, strings: ["UPX!"] }), { format: "elf" }],
  [
    "a program packed by another packer",
    elf({ hasSections: false, denseBytes: 20_000 }),
    { format: "elf", markers: ["dense"] },
  ],
  ["a program with compressed data", elf({ denseBytes: 1_000_000 }), { format: "elf" }],
  ["a small program without section headers", elf({ hasSections: false }), { format: "elf" }],
  [
    "a program with a few compressed bytes",
    elf({ hasSections: false, denseBytes: 10_000, filling: 100_000 }),
    { format: "elf" },
  ],
  ["a script", Buffer.from("#!/bin/sh -e\nexit\n"), { format: "script", interpreter: "/bin/sh -e" }],
  [
    "a script with spaces",
    Buffer.from("#!  /usr/bin/env node\r\n1\n"),
    { format: "script", interpreter: "  /usr/bin/env node\r" },
  ],
  ["a script without a newline", Buffer.from("#!/x"), { format: "script", interpreter: "/x" }],
  [
    "a script with an endless line",
    Buffer.from(`#!${"x".repeat(9000)}`),
    { format: "script", interpreter: "x".repeat(255) },
  ],
  ["data that is executable after a copy from Windows", Buffer.from("{}"), { format: "other" }],
  ["a bash completion with a shell's strings", Buffer.from("@(#)Bash version 5"), { format: "other" }],
  ["four bytes of ELF", Buffer.from("\x7fELF", "latin1"), { format: "elf" }],
  ["three bytes of ELF", Buffer.from("\x7fEL", "latin1"), { format: "other" }],
])("reports the format of %s", (_, bytes, content) => {
  expect(withoutElf(examine(bytes))).toEqual(content);
  expect(examine(bytes, { chunk: 1 })).toEqual(examine(bytes));
});

test.each([0o100, 0o010, 0o001, 0o4711, 0o2755])("mode %o is executable", (mode) => {
  expect(examine(elf({ program: "dash" }), { mode })?.markers).toEqual(["dash"]);
});

const shapes: readonly ElfOptions[] = [
  {},
  { bits: 32 },
  { isBigEndian: true },
  { bits: 32, isBigEndian: true },
];

test.each(shapes)("searches a program or a library without an exec bit, and nothing else: %o", (shape) => {
  const mode = 0o644;
  for (const type of ["exec", "dyn"] as const) {
    for (const program of ["bash", "dpkg"]) {
      expect(examine(elf({ ...shape, type, program }), { mode })?.markers).toEqual([program]);
    }
    expect(withoutElf(examine(elf({ ...shape, type }), { mode }))).toEqual({ format: "elf" });
  }
  for (const type of ["rel", "core"] as const) {
    expect(examine(elf({ ...shape, type, program: "bash" }), { mode })).toBeUndefined();
  }
});

test.each(shapes)("searches files with another magic or byte order that musl's loader runs: %o", (shape) => {
  for (const start of ["XELF\x02\x01", "\x7fELF\x02\x02", "\x7fELF\x09\x09", "#!/x\n\0", "\0\0\0\0\0\0"]) {
    for (const mode of [0o644, 0o755]) {
      const program = elf({ ...shape, program: "bash" });
      program.write(start, "latin1");
      expect(examine(program, { mode })?.markers).toEqual(["bash"]);
      const packed = elf({ ...shape, denseBytes: 20_000, hasSections: false });
      packed.write(start, "latin1");
      expect(examine(packed, { mode })?.markers).toEqual(["dense"]);
    }
  }
});

test("searches files with distant program headers, which musl's loader accepts", () => {
  const bytes = Buffer.concat([elf({ program: "bash" }), Buffer.alloc(9 * 512)]);
  bytes.write("XELF", "latin1");
  bytes.writeUInt16LE(512, 54);
  bytes.writeUInt16LE(9, 56);
  bytes.writeBigUInt64LE(BigInt(bytes.length - 9 * 512), 32);
  expect(examine(bytes, { mode: 0o644 })?.markers).toEqual(["bash"]);
  bytes.writeBigUInt64LE(BigInt(bytes.length - 8 * 512), 32);
  expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
});

test("does not search a file that no loader accepts, whatever its start", () => {
  for (const start of ["{}", "\x1f\x8b\x08\x00", "PK\x03\x04", "\0\0\0\0"]) {
    const bytes = Buffer.from(elf({ program: "bash", denseBytes: 20_000, hasSections: false, type: "rel" }));
    bytes.write(start, "latin1");
    expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
    expect(examine(bytes, { mode: 0o755 })).toEqual({ format: "other" });
  }
});

test("ignores a script without an exec bit, since only its interpreter can run it", () => {
  expect(examine(Buffer.from("#!/bin/bash\n@(#)Bash version "), { mode: 0o644 })).toBeUndefined();
});

/** Each change removes the section headers of a program, which still runs; 64 bits, little-endian. */
const withoutSections: readonly (readonly [string, (bytes: Buffer) => void])[] = [
  ["no table", (bytes) => bytes.writeBigUInt64LE(0n, 40)],
  ["no entries", (bytes) => bytes.writeUInt16LE(0, 60)],
  ["only the null entry", (bytes) => bytes.writeUInt16LE(1, 60)],
  ["entries of size 0", (bytes) => bytes.writeUInt16LE(0, 58)],
  ["a table after the end of the file", (bytes) => bytes.writeBigUInt64LE(BigInt(bytes.length), 40)],
  [
    "a table cut off by the end of the file",
    (bytes) => bytes.writeBigUInt64LE(BigInt(bytes.length - 64), 40),
  ],
  ["a table in the header", (bytes) => bytes.writeBigUInt64LE(8n, 40)],
  ["a table at the largest offset", (bytes) => bytes.writeBigUInt64LE(2n ** 64n - 1n, 40)],
];

test.each(withoutSections)("may be packed without section headers: %s", (_, change) => {
  const bytes = elf({ denseBytes: 20_000 });
  change(bytes);
  for (const mode of [0o755, 0o644]) {
    for (const chunk of [65536, 1000, 7]) expect(examine(bytes, { mode, chunk })?.markers).toEqual(["dense"]);
  }
});

test("reads nothing from a header with the largest numbers", () => {
  const bytes = elf();
  bytes.fill(0xff, 6, 64);
  expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
  bytes.writeUInt16LE(3, 16);
  expect(examine(bytes, { mode: 0o644 })?.elf?.unread).toBe("its program headers are damaged");
  bytes.fill(0, 6, 64);
  bytes.writeUInt16LE(0xffff, 60);
  expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
});

test("a truncated ELF file throws no error", () => {
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.integer({ min: 1, max: 200 }), (shape, length) => {
      const cut = elf({ ...shape, filling: 0 }).subarray(0, length);
      expect(() => examine(cut, { mode: 0o644 })).not.toThrow();
    }),
  );
});

test.each([0o644, 0o755])("a library tells what it needs, with and without an exec bit: %o", (mode) => {
  const facts = {
    class: 64,
    byteOrder: "little",
    machine: 62,
    type: 3,
    dynamic: { soname: "libme.so.1", needed: ["libc.so.6"] },
  } as const;
  expect(examine(elfFile(facts), { mode, path: "usr/lib/libme.so.1" })).toEqual({
    format: "elf",
    elf: facts,
  });
});

const kept = [
  ...["etc/os-release", "usr/lib/os-release", "etc/shells", "etc/passwd", "etc/group"],
  ...["etc/ld-musl-x86_64.path", "usr/etc/ld-musl-aarch64.path"],
  ...["pyvenv.cfg", "opt/venv/pyvenv.cfg", "app/web.runtimeconfig.json"],
];

test.each(kept)("keeps the text of %s, whatever its mode", (path) => {
  const text = Buffer.from("ID=débian\n");
  const kept = { format: "other", text: text.toString("latin1") };
  expect(examine(text, { path, mode: 0o644, chunk: 3 })).toEqual(kept);
  expect(examine(text, { path, mode: 0o755 })).toEqual(kept);
  expect(examine(elf({ program: "bash" }), { path, mode: 0o755 })?.markers).toEqual(["bash"]);
  expect(examine(Buffer.alloc(64 * 1024, "a"), { path, mode: 0o644 })?.text).toHaveLength(65536);
  expect(examine(Buffer.alloc(64 * 1024 + 1, "a"), { path, mode: 0o644 })).toBeUndefined();
});

test("keeps the text of a Java runtime's release file, and of no other", () => {
  const release = Buffer.from('IMPLEMENTOR="Eclipse Adoptium"\nJAVA_VERSION="17.0.9"\n');
  for (const path of ["opt/java/release", "release"]) {
    expect(examine(release, { path, mode: 0o644 })?.text).toBe(release.toString());
    expect(examine(Buffer.from("Debian 12\n"), { path, mode: 0o644 })).toBeUndefined();
  }
});

test("keeps the loader's cache byte by byte, up to a megabyte", () => {
  const cache = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
  const path = "etc/ld.so.cache";
  expect(Buffer.from(examine(cache, { path, mode: 0o644, chunk: 7 })?.text ?? "", "latin1")).toEqual(cache);
  expect(examine(Buffer.alloc(1024 ** 2), { path, mode: 0o644 })?.text).toHaveLength(1024 ** 2);
  expect(examine(Buffer.alloc(1024 ** 2 + 1), { path, mode: 0o644 })).toBeUndefined();
});

test("keeps no password, wherever it stands", () => {
  const hash = "$6$salt$hash";
  for (const path of ["etc/shadow", "etc/gshadow", "etc/shadow-", "etc/passwd-", "app/passwd"]) {
    expect(examine(Buffer.from(`root:${hash}:19000:0:99999:7:::\n`), { path, mode: 0o640 })).toBeUndefined();
  }
  const accounts = Buffer.from(`root:${hash}:0:0:root:/root:/bin/sh\nopen::1:1:::\n+nis\n`);
  for (const path of ["etc/passwd", "etc/group"]) {
    expect(examine(accounts, { path, mode: 0o644 })?.text).toBe(
      "root:x:0:0:root:/root:/bin/sh\nopen::1:1:::\n+nis\n",
    );
  }
});

test("does not examine empty files", () => {
  expect(examineContent({ path: "etc/os-release", mode: 0o755, size: 0 })).toBeUndefined();
});

test("finds no marker in a real program that is not a shell", () => {
  expect(examine(readFileSync(process.execPath))?.markers).toBeUndefined();
});

test("recognises a Git LFS pointer like Git LFS, whatever its mode, but not a file that only quotes one", () => {
  const pointer = Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${"4".repeat(64)}\nsize 7000000\n`,
  );
  for (const chunk of [1, 7, 65536]) {
    for (const mode of [0o644, 0o755]) {
      expect(examine(pointer, { mode, chunk })?.markers).toEqual(["lfs-pointer"]);
    }
  }
  const oid = `oid sha256:${"4".repeat(64)}`;
  const spelled = [
    `version https://hawser.github.com/spec/v1\n${oid}\nsize 7\n`,
    `version http://git-media.io/v/2\n${oid}\nsize 7`,
    `version https://git-lfs.github.com/spec/v1\r\n${oid}\r\nsize 7\r\n`,
    `\n \u0085\u2003version https://git-lfs.github.com/spec/v1\n\n${oid}\nsize 7\n`,
    `ext-0-foo ${oid}\nversion https://git-lfs.github.com/spec/v1\next-1-bar ${oid}\n${oid}\nsize 7\n`,
    `version https://git-lfs.github.com/spec/v1\n${oid}\nsize 7${"\n".repeat(2000)}`,
  ];
  for (const text of spelled) {
    for (const chunk of [1, 7, 65536]) {
      expect(examine(Buffer.from(text), { mode: 0o644, chunk })?.markers, text).toEqual(["lfs-pointer"]);
    }
  }
  expect(examine(Buffer.concat([pointer, Buffer.from("more\n")]), { mode: 0o644 })).toBeUndefined();
  const quoted = [Buffer.from("# version https://git-lfs.github.com/spec/v1\n"), pointer];
  expect(examine(Buffer.concat(quoted), { mode: 0o644 })).toBeUndefined();
  expect(examine(Buffer.concat([pointer, Buffer.alloc(1024)]), { mode: 0o644 })).toBeUndefined();
});
