import { Buffer } from "node:buffer";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { listed, packagesIn } from "../../helpers/package-records.ts";
import { sectionedElf } from "../../helpers/sectioned-elf.ts";

const crates = {
  packages: [
    { name: "app", version: "0.1.0", source: "local", dependencies: [1], root: true },
    { name: "serde", version: "1.0.1", source: "crates.io" },
    { name: "serde", version: "2.0.0", source: "git" },
    { name: "cc", version: "1.0.0", source: "crates.io", kind: "build" },
  ],
  format: 1,
};

function program(section: Uint8Array, gap = 0): Buffer {
  return sectionedElf({ data: Buffer.alloc(100), sections: { ".dep-v0": section }, gap });
}

function compressed(value: unknown): Buffer {
  return deflateSync(JSON.stringify(value));
}

test("reads the crates that are in the program", async () => {
  const file = program(compressed(crates));
  for (const chunk of [1, 97, 65_536])
    expect(await listed("app", file, { chunk })).toEqual(["app 0.1.0", "serde 1.0.1", "serde 2.0.0"]);
});

test("finds them behind debugging information", async () => {
  expect(await listed("app", program(compressed(crates), 20_000_000))).toHaveLength(3);
});

test("other programs have no packages", async () => {
  expect(await packagesIn("app", sectionedElf({ data: Buffer.alloc(100) }))).toBeUndefined();
});

test("a program whose program headers have no room for their fields has no packages", async () => {
  const damaged = sectionedElf({});
  damaged.writeUInt16LE(32, 54);
  damaged.writeUInt16LE(1, 56);
  expect(await packagesIn("app", damaged)).toBeUndefined();
});

test.each([
  ["is no zlib", Buffer.from("{}")],
  ["is cut off", compressed(crates).subarray(0, 40)],
  ["is no JSON", deflateSync("{")],
  ["has no packages", compressed({ __proto__: crates })],
  ["has a package without a version", compressed({ packages: [{ name: "a" }] })],
  ["is a bomb", deflateSync(Buffer.alloc(50_000_000, 0x20))],
  ["is nested too deeply", deflateSync(`{"packages":${"[".repeat(1_000_000)}${"]".repeat(1_000_000)}}`)],
  ["is too large", Buffer.alloc(2_000_000)],
])("says that it is unread if the section %s", async (_, section) => {
  expect(await packagesIn("app", program(section))).toEqual([
    { type: "cargo", packages: [], unread: expect.stringContaining("crates") },
  ]);
});

test("says that it is unread if the section is too far from both ends", async () => {
  const sections = { ".dep-v0": compressed(crates), ".symtab": Buffer.alloc(10_000_000) };
  const [records] = (await packagesIn("app", sectionedElf({ sections, gap: 5_000_000 }))) ?? [];
  expect(records?.unread).toContain("too far");
});
