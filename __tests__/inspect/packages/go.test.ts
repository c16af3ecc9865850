import { Buffer } from "node:buffer";
import { expect, test } from "vitest";
import {
  framed,
  goProgram,
  inlineBuildInfo as inline,
  goMagic as magic,
} from "../../helpers/go-build-info.ts";
import { listed, packagesIn } from "../../helpers/package-records.ts";
import {
  constantsAddress,
  dataAddress,
  type SectionedElf,
  sectionedElf,
} from "../../helpers/sectioned-elf.ts";

const modules = [
  "path\texample.com/app/cmd",
  "mod\texample.com/app\tv1.2.3+dirty\t",
  "dep\tgolang.org/x/text\tv0.14.0\th1:abc=",
  "dep\tgithub.com/old/one\tv1.0.0",
  "=>\tgithub.com/new/one\tv1.1.0\th1:def=",
  "dep\tgithub.com/old/two\tv2.0.0",
  "=>\t./two\t(devel)\t",
  'build\t-ldflags="-X main.dep\\tx"',
  "",
].join("\n");
const expected = [
  "stdlib 1.26.8",
  "example.com/app v1.2.3+dirty",
  "golang.org/x/text v0.14.0",
  "github.com/new/one v1.1.0",
  "github.com/old/two (devel)",
];

/** Up to Go 1.17: addresses of strings, which are here in the data, and of their bytes in the constants. */
function withPointers(version: string, text: string): SectionedElf {
  const constants = Buffer.concat([Buffer.from(version), framed(text)]);
  const data = Buffer.alloc(64);
  magic.copy(data);
  data[14] = 8;
  const numbers = [
    dataAddress + 32,
    dataAddress + 48,
    constantsAddress,
    version.length,
    constantsAddress + version.length,
    constants.length - version.length,
  ];
  for (const [index, number] of numbers.entries()) data.writeBigUInt64LE(BigInt(number), 16 + 8 * index);
  return { constants, data };
}

test("reads the modules of a program, with the replacements in place of what they replace", async () => {
  const file = goProgram("go1.26.8", modules);
  for (const chunk of [1, 97, 65_536]) expect(await listed("app", file, { chunk })).toEqual(expected);
});

test("finds the information in the data of a program without section names, at an aligned place", async () => {
  const decoy = Buffer.concat([Buffer.alloc(8), inline("go9", "mod\tdecoy\tv1\n")]);
  const data = Buffer.concat([decoy, Buffer.alloc(64 - (decoy.length % 16)), inline("go1.26.8", modules)]);
  expect(await listed("app", sectionedElf({ data }))).toEqual(expected);
});

test.each([
  ["go1.22.3 X:boringcrypto", ["stdlib 1.22.3"]],
  ["devel go1.27-abc Thu", ["stdlib (devel)"]],
])("%j without modules is %j", async (version, packages) => {
  expect(await listed("app", sectionedElf({ data: inline(version, "") }))).toEqual(packages);
});

test("has a package URL without a version where there is none", async () => {
  const [records] =
    (await packagesIn("app", sectionedElf({ data: inline("go1.21", "mod\tm\t(devel)\t\n") }))) ?? [];
  expect(records?.packages).toEqual([
    { name: "stdlib", version: "1.21" },
    { name: "m", version: "(devel)" },
  ]);
});

test("other programs have no packages", async () => {
  expect(await packagesIn("app", sectionedElf({ data: Buffer.alloc(5000) }))).toBeUndefined();
  expect(await packagesIn("app", sectionedElf({ constants: inline("go1.26", "") }))).toBeUndefined();
});

test.each([
  ["the length of the modules is absurd", inline("go1.26", modules, 2 ** 50)],
  [
    "the length of the modules is endless",
    Buffer.concat([inline("go1.26", "").subarray(0, -1), Buffer.alloc(99, 255)]),
  ],
  ["the texts are cut off", inline("go1.26", modules).subarray(0, 90)],
  ["the version is empty", inline("", modules)],
  ["the header is cut off", inline("go1.26", modules).subarray(0, 20)],
  ["the header has an unknown width", Buffer.concat([magic, Buffer.from([3, 0]), Buffer.alloc(64)])],
  ["the addresses lead nowhere", Buffer.concat([magic, Buffer.from([8, 0]), Buffer.alloc(64, 255)])],
  ["there is no magic", Buffer.alloc(64)],
])("says that it is unread if %s", async (_, data) => {
  const file = sectionedElf({ data, sections: { ".go.buildinfo": { at: 0, size: data.length } } });
  expect(await packagesIn("app", file)).toEqual([
    { type: "golang", packages: [], unread: expect.stringContaining("build information") },
  ]);
});

test("no cut and no change of a byte makes the reader throw", async () => {
  const file = goProgram("go1.26.8", modules);
  for (let at = 0; at < file.length; at += 61) await packagesIn("app", file.subarray(0, at));
  for (let at = 0; at < 200; at++) {
    const changed = Buffer.from(file);
    changed[at] = 255;
    await packagesIn("app", changed);
  }
});

test("reads the strings to which older programs point", async () => {
  const file = sectionedElf(withPointers("go1.16.3", "mod\tm\tv1.0.0\t\ndep\td\tv2.0.0\n"));
  expect(await listed("app", file)).toEqual(["stdlib 1.16.3", "m v1.0.0", "d v2.0.0"]);
  expect(await listed("app", sectionedElf(withPointers("go1.16.3", "")))).toEqual(["stdlib 1.16.3"]);
});
