import { Buffer } from "node:buffer";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Content } from "../../src/image/content.ts";
import { examineContent, Probe } from "../../src/inspect/content.ts";
import type { Marker } from "../../src/inspect/marker.ts";
import { packageManagerMarkers } from "../../src/inspect/package-manager-markers.ts";
import { shellMarkers } from "../../src/inspect/shell-markers.ts";
import { type ElfOptions, elf } from "./programs.ts";

const markers: readonly Marker[] = [...shellMarkers, ...packageManagerMarkers];
const strings = [...new Set(markers.flatMap(({ all }) => all))];

function examine(
  bytes: Buffer,
  { path = "usr/bin/app", mode = 0o755, chunk = 65536 } = {},
): Content | undefined {
  const probe = examineContent({ path, mode, size: bytes.length });
  for (let at = 0; at < bytes.length; at += chunk) probe?.update(bytes.subarray(at, at + chunk));
  return probe?.finish();
}

test.each(markers)("finds $name by its bytes", ({ name, all }) => {
  expect(examine(elf({ strings: all }))?.markers).toContain(name);
});

test.each(markers.filter(({ all }) => all.length > 1))("needs all strings of $name", ({ name, all }) => {
  for (const missing of all) {
    const others = all.filter((text) => text !== missing);
    expect(examine(elf({ strings: others }))?.markers ?? []).not.toContain(name);
  }
});

test("finds every marker wherever chunks end", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...markers),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 0, max: 9000 }),
      ({ name, all }, chunk, filling) => {
        expect(examine(elf({ strings: all, filling }), { chunk })?.markers).toContain(name);
      },
    ),
    { numRuns: 300 },
  );
});

test("finds names of an applet table, which share their NULs", () => {
  const table = elf({ strings: ["BusyBox v1.36.1", "arping\0ash\0hush\0sh\0", "Toybox %s multicall"] });
  expect(examine(table)?.markers).toEqual(["busybox", "toybox"]);
});

test("no marker's string is another's begin, which would hide the longer one", () => {
  const hidden = strings.filter((text) => strings.some((other) => other !== text && text.startsWith(other)));
  expect(hidden).toEqual([]);
});

test("no marker's string has two NULs in a row, of which programs are full", () => {
  expect(strings.filter((text) => text.includes("\0\0"))).toEqual([]);
});

test("a file's tail counts when the search's limit lies in a marker", () => {
  const bytes = elf({ program: "bash" });
  for (const [searchLimit, found] of [
    [bytes.length, ["bash"]],
    [bytes.length - 1, ["bash", "unread"]],
    [bytes.indexOf("version"), ["unread"]],
  ] as const) {
    const probe = new Probe({ isExecutable: true, keepsText: false, searchLimit });
    probe.update(bytes.subarray(0, 150));
    probe.update(bytes.subarray(150));
    expect(probe.finish()?.markers).toEqual(found);
  }
});

test.each<[string, Buffer, Content]>([
  ["a program", elf(), { format: "elf" }],
  ["a program that UPX packed", elf({ isPackedByUpx: true }), { format: "elf", markers: ["packed"] }],
  ["UPX itself, which names itself later on", elf({ filling: 2000, strings: ["UPX!"] }), { format: "elf" }],
  ["a script", Buffer.from("#!/bin/sh -e\nexit\n"), { format: "script", interpreter: "/bin/sh -e" }],
  [
    "a script with blanks",
    Buffer.from("#!  /usr/bin/env node\r\n1\n"),
    { format: "script", interpreter: "/usr/bin/env node" },
  ],
  ["a script without a line's end", Buffer.from("#!/x"), { format: "script", interpreter: "/x" }],
  [
    "a script's endless line",
    Buffer.from(`#!${"x".repeat(9000)}`),
    { format: "script", interpreter: "x".repeat(255) },
  ],
  ["data that copying from Windows made executable", Buffer.from("{}"), { format: "other" }],
  ["a bash completion with a shell's strings", Buffer.from("@(#)Bash version 5"), { format: "other" }],
  ["four bytes of ELF", Buffer.from("\x7fELF", "latin1"), { format: "elf" }],
  ["three bytes of ELF", Buffer.from("\x7fEL", "latin1"), { format: "other" }],
])("tells the format of %s", (_, bytes, content) => {
  expect(examine(bytes)).toEqual(content);
  expect(examine(bytes, { chunk: 1 })).toEqual(content);
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

test.each(shapes)("without an exec bit a shell tells itself only where the loader starts it: %o", (shape) => {
  const mode = 0o644;
  expect(examine(elf({ ...shape, program: "bash" }), { mode })).toEqual({ format: "elf", markers: ["bash"] });
  expect(examine(elf({ ...shape, program: "bash", isDynamic: false }), { mode })).toBeUndefined();
  expect(examine(elf({ ...shape }), { mode })).toBeUndefined();
});

test("program headers out of sight are taken for those of a loadable program", () => {
  const bytes = elf({ program: "bash", isDynamic: false });
  bytes.writeUInt32LE(1_000_000, 32);
  expect(examine(bytes, { mode: 0o644 })?.markers).toEqual(["bash"]);
});

test("a header with the largest numbers ends the reading of it, and tells nothing", () => {
  const bytes = elf();
  bytes.fill(0xff, 6, 64);
  expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
  bytes.fill(0, 6, 64);
  bytes.writeUInt16LE(0xffff, 56);
  expect(examine(bytes, { mode: 0o644 })).toBeUndefined();
});

test("a cut ELF file throws nothing", () => {
  fc.assert(
    fc.property(fc.constantFrom(...shapes), fc.integer({ min: 1, max: 200 }), (shape, length) => {
      const cut = elf({ ...shape, filling: 0 }).subarray(0, length);
      expect(() => examine(cut, { mode: 0o644 })).not.toThrow();
    }),
  );
});

test.each(["etc/os-release", "usr/lib/os-release", "etc/shells"])(
  "keeps the text of %s, whatever its mode",
  (path) => {
    const text = Buffer.from("ID=débian\n");
    const kept = { format: "other", text: text.toString("latin1") };
    expect(examine(text, { path, mode: 0o644, chunk: 3 })).toEqual(kept);
    expect(examine(text, { path, mode: 0o755 })).toEqual(kept);
    expect(examine(elf({ program: "bash" }), { path, mode: 0o755 })?.markers).toEqual(["bash"]);
    expect(examine(Buffer.alloc(64 * 1024, "a"), { path, mode: 0o644 })?.text).toHaveLength(65536);
    expect(examine(Buffer.alloc(64 * 1024 + 1, "a"), { path, mode: 0o644 })).toBeUndefined();
  },
);

test("empty files are not looked at", () => {
  expect(examineContent({ path: "etc/os-release", mode: 0o755, size: 0 })).toBeUndefined();
});

test("a real program that is no shell has no marker", () => {
  expect(examine(readFileSync(process.execPath))).toEqual({ format: "elf" });
});
