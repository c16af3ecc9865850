import { expect, test } from "vitest";
import { listed, packagesIn } from "../../helpers/package-records.ts";

const manifest = JSON.stringify({ name: "@types/node", version: "1.2.3-rc.1+build" });

test("reads name and version, in chunks of any size", async () => {
  for (const chunk of [1, 7, 4096])
    expect(await listed("app/node_modules/x/package.json", manifest, { chunk })).toEqual([
      "@types/node 1.2.3-rc.1+build",
    ]);
});

test.each([
  "node_modules/a/package.json",
  "app/node_modules/@s/a/package.json",
  "app/node_modules/a/node_modules/b/package.json",
  "app/node_modules/@s/a/node_modules/@s/b/node_modules/c/package.json",
  "app/node_modules/.pnpm/a@1.0.0/node_modules/a/package.json",
  "app/node_modules/.pnpm/@s+a@1.0.0_b@2/node_modules/@s/a/node_modules/c/package.json",
  "app/packages/one/node_modules/a/package.json",
  "usr/lib/node_modules/npm/package.json",
])("%s is an installed package", async (path) => {
  expect(await listed(path, manifest)).toHaveLength(1);
});

test.each([
  "app/package.json",
  "package.json",
  "app/node_modules/package.json",
  "app/node_modules/@s/package.json",
  "app/node_modules/a/lib/package.json",
  "app/node_modules/a/test/fixtures/node_modules/b/package.json",
  "app/node_modules/.cache/a/package.json",
  "app/node_modules/a/.git/node_modules/b/package.json",
  "app/old_node_modules/a/package.json",
  "app/node_modules/a/package.json.bak",
])("%s is none", async (path) => {
  expect(await packagesIn(path, manifest)).toBeUndefined();
});

test("reads the last of two names, as npm does, and ignores a byte order mark", async () => {
  const text = '\ufeff{"name":"a","name":"b","version":"1","__proto__":{"version":"2"}}';
  expect(await listed("node_modules/a/package.json", text)).toEqual(["b 1"]);
});

test.each([
  "",
  "{",
  "[]",
  '{"name":"a"}',
  '{"name":1,"version":"1"}',
  '{"name":"a b","version":"1"}',
  '{"__proto__":{"name":"a","version":"1"}}',
  `{"name":"a","version":"1","x":${"[".repeat(400_000)}${"]".repeat(400_000)}}`,
  `{"name":"a","version":"1","x":[${"0,".repeat(400_000)}0]}`,
  `{"name":"${"a".repeat(1000)}","version":"1"}`,
  `{"name":"a","version":"1","x":"${"x".repeat(2_000_000)}"}`,
])("says that a manifest like %.40s is not read", async (text) => {
  const [records] = (await packagesIn("node_modules/a/package.json", `${text}\n`)) ?? [];
  expect(records).toEqual({ type: "npm", packages: [], unread: expect.any(String) });
});
