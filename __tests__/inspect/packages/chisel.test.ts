import { zstdCompressSync } from "node:zlib";
import { expect, test } from "vitest";
import { packagesIn } from "../../helpers/package-records.ts";

const lines = [
  { jsonwall: "1.0", schema: "1.0", count: 5 },
  { kind: "content", slice: "libc6_libs", path: "/usr/lib/libc.so.6" },
  { kind: "package", name: "base-files", version: "13ubuntu10", sha256: "00", arch: "amd64" },
  { kind: "package", name: "libc6", version: "2.39-0ubuntu8.3", sha256: "11", arch: "amd64" },
  { kind: "path", path: "/x".repeat(10_000), mode: "0755", slices: ["libc6_libs"] },
  { kind: "slice", name: "libc6_libs" },
];
const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
const read = (bytes: Buffer, chunk?: number) =>
  packagesIn("var/lib/chisel/manifest.wall", bytes, chunk === undefined ? {} : { chunk });

const packages = [
  { name: "base-files", version: "13ubuntu10", architecture: "amd64" },
  { name: "libc6", version: "2.39-0ubuntu8.3", architecture: "amd64" },
];

test("reads the packages of a manifest", async () => {
  for (const chunk of [1, 100, 65_536])
    expect(await read(zstdCompressSync(text), chunk)).toEqual([{ type: "deb", packages }]);
});

test.each([
  ["that is not compressed", Buffer.from(text), "is damaged or too large"],
  ["that is truncated", zstdCompressSync(text).subarray(0, -5), "is damaged or too large"],
  ["that unpacks to 100 MB", zstdCompressSync(Buffer.alloc(100_000_000)), "is damaged or too large"],
  ["of 9 MB", Buffer.alloc(9_000_000), "is damaged or too large"],
  [
    "without versions",
    zstdCompressSync('{"kind":"package","name":"x"}\n'),
    "has a package without a name or version",
  ],
])("says that a manifest %s could not be read", async (_, bytes, unread) => {
  expect(await read(bytes)).toEqual([{ type: "deb", packages: [], unread }]);
});
