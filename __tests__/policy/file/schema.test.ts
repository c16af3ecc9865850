import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { checkPolicyFile } from "../../../src/policy/file/policy-file.ts";

const schema = JSON.parse(readFileSync("schema/policy.schema.json", "utf8"));
const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);

const sha = "0123456789abcdef0123456789abcdef01234567";

test.for([
  ["version: 1", true],
  [
    "version: 1\npolicy: { max-size: 300MB, max-layers: 20, max-increase: 5% and 10MB, distroless: fail }",
    true,
  ],
  ["version: 1\npolicy: { max-size: 1048576, warn-only: 'true', missing-base: warn }", true],
  [`version: 1\nextends: acme/policies/p.yml@${sha}`, true],
  ["version: 1\nimages: { api: { target: prod, policy: { starts: off } } }", true],
  ["version: 1\nexceptions: [{ rule: distroless, paths: [/bin/sh], reason: r, expires: 2027-03-31 }]", true],
  [
    "version: 1\npolicy: { user: non-root, paths: { /opt/models: 2GB }, allowed-base-images: [scratch] }",
    true,
  ],
  ["policy: {}", false],
  ["version: 1\npolicy: { max-sise: 1MB }", false],
  ["version: 1\npolicy: { distroless: yes }", false],
  ["version: 1\npolicy: { max-size: lots }", false],
  ["version: 1\nextends: acme/policies/p.yml@main", false],
  ["version: 1\nexceptions: [{ rule: distroless }]", false],
  ["version: 1\nimages: { api: { dockerfile: a } }", false],
])("an editor and the parser agree on %j", ([text, isValid]) => {
  expect(validate(parse(String(text), { schema: "core" }))).toBe(isValid);
  expect(checkPolicyFile(String(text)).mistakes.length === 0).toBe(isValid);
});
