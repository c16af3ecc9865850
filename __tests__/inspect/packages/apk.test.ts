import { expect, test } from "vitest";
import { packagesIn } from "../../helpers/package-records.ts";

const path = "lib/apk/db/installed";
const read = (text: string) => packagesIn(path, text);

const musl = `C:Q1qKcZ+j23xssAXmgQhkOO8dHnbWw=
P:musl
V:1.2.5-r0
A:x86_64
S:407278
I:667648
T:the musl c library (libc) implementation
D:so:libc.musl-x86_64.so.1
F:lib
R:ld-musl-x86_64.so.1
a:0:0:755
Z:Q1yOlBtc5eu4kXVVlyC1M0Yc8nYBM=

`;
const record = { name: "musl", version: "1.2.5-r0", architecture: "x86_64", size: 667_648 };

test("reads name, version, architecture and installed size", async () => {
  const zlib = "P:zlib\nV:1.3.1-r1\n\n";
  const packages = [record, { name: "zlib", version: "1.3.1-r1" }];
  expect(await read(musl + zlib)).toEqual([{ type: "apk", packages }]);
  expect(await packagesIn(`usr/${path}`, musl)).toEqual([{ type: "apk", packages: [record] }]);
  expect(await packagesIn(`srv/${path}`, musl)).toBeUndefined();
  for (const chunk of [1, 3, 50])
    expect(await packagesIn(path, musl, { chunk })).toEqual([{ type: "apk", packages: [record] }]);
});

test.each([
  ["truncated", musl.slice(0, -5), 1],
  ["without an empty line at the end", musl.slice(0, -1), 1],
  ["without a version", `${musl}P:x\n\n`, 1],
  ["without a name", "V:1\n\n", 0],
  ["with a field twice", `P:x\n${musl}`, 1],
  ["with a long name", `P:${"x".repeat(1000)}\nV:1\n`, 0],
  ["with CR LF", musl.replaceAll("\n", "\r\n"), 0],
  ["of other bytes", "\0".repeat(100_000), 0],
])("says that a record %s was not read in full", async (_, text, count) => {
  const [records] = (await read(text)) ?? [];
  expect(records?.packages).toHaveLength(count);
  expect(records?.unread).toBeTypeOf("string");
});
