import { expect, test } from "vitest";
import { listed, packagesIn } from "../../helpers/package-records.ts";

const site = "usr/lib/python3.12/site-packages";
const metadata = "Metadata-Version: 2.1\nName: Flask-Login\nVersion: 0.6.3\n\nName: other\nVersion: 9\n";

test("reads name and version as the metadata writes them, in chunks of any size", async () => {
  for (const chunk of [1, 7, 4096])
    expect(await listed(`${site}/Flask_Login-0.6.3.dist-info/METADATA`, metadata, { chunk })).toEqual([
      "Flask-Login 0.6.3",
    ]);
});

test.each([
  `${site}/six-1.0.dist-info/METADATA`,
  `${site}/six.egg-info/PKG-INFO`,
  `${site}/six-1.0-py3.12.egg/EGG-INFO/PKG-INFO`,
  "usr/lib/python3/dist-packages/six-1.0.egg-info",
  "usr/lib/python3/dist-packages/six-1.0.egg-info/PKG-INFO",
  "var/task/six-1.0.dist-info/METADATA",
  "app/src/six.egg-info/PKG-INFO",
  "six-1.0.dist-info/METADATA",
])("%s is an installed package", async (path) => {
  expect(await listed(path, metadata)).toHaveLength(1);
});

test.each([
  `${site}/setuptools/_vendor/wheel-0.43.0.dist-info/METADATA`,
  `${site}/pkg/tests/data/six.egg-info/PKG-INFO`,
  `${site}/~ix-1.0.dist-info/METADATA`,
  `${site}/six-1.0.dist-info/RECORD`,
  `${site}/six-1.0.dist-info/sboms/METADATA`,
  "app/PKG-INFO",
  "app/METADATA",
])("%s is none", async (path) => {
  expect(await packagesIn(path, metadata)).toBeUndefined();
});

test.each([
  ["name: a\nVERSION: 1\n", ["a 1"]],
  ["Name: a\r\nVersion:  1 \r\n", ["a 1"]],
  ["Name: a\nName: b\nVersion: 1\nVersion: 2", ["a 1"]],
  ["License: MIT\n\tNo: header\n Name: b\nName: a\nVersion: 1\n", ["a 1"]],
  ["Name: a\nVersion: 1!2.0+local.1\n", ["a 1!2.0+local.1"]],
])("%j has %j", async (text, packages) => {
  expect(await listed("a.dist-info/METADATA", text)).toEqual(packages);
});

test.each([
  "Name: a\n\nVersion: 1\n",
  "Name: -a-\nVersion: 1\n",
  "Name: ../a\nVersion: 1\n",
  "Version: 1\n",
  "Name: a\nVersion:\n",
  "Name: a\nVersion: 1 2\n",
  `Name: ${"a".repeat(100_000)}\nVersion: 1\n`,
  "\0".repeat(1000),
])("says that %j is not read", async (text) => {
  const [records] = (await packagesIn("a.dist-info/METADATA", text)) ?? [];
  expect(records).toEqual({ type: "pypi", packages: [], unread: expect.any(String) });
});
