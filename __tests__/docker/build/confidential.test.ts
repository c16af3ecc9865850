import { expect, test } from "vitest";
import { confidentialOf } from "../../../src/docker/build/confidential.ts";
import { definition } from "../../helpers/build-definition.ts";
import { workspace } from "../../helpers/workspace.ts";

async function valuesOf(overrides: Parameters<typeof definition>[0], env: NodeJS.ProcessEnv = {}) {
  const confidential = await confidentialOf(definition(overrides), env);
  const of = (wanted: string) =>
    confidential
      .filter(({ kind, value }) => kind === wanted && value.length > 0)
      .map(({ value }) => value.toString());
  return { secrets: of("secret"), arguments: of("build argument") };
}

test("secrets are confidential from every source, however short they are", async () => {
  await using files = await workspace({ key: "of a file", id_rsa: "of a key" });
  const { secrets } = await valuesOf(
    {
      secrets: new Map([["a", "1"]]),
      secretEnvs: new Map([["b", "VARIABLE"]]),
      secretFiles: new Map([
        ["c", `${files.path}/key`],
        ["d", `${files.path}/absent`],
        ["e", "/dev/zero"],
      ]),
      ssh: ["default", `mine=${files.path}/id_rsa`],
    },
    { VARIABLE: "of a variable" },
  );
  expect(secrets).toEqual(["1", "of a variable", "of a file", "of a key"]);
});

test("a build argument is confidential if its name or its value looks like a secret", async () => {
  const buildArgs = {
    VERSION: "3.13-slim",
    TARGET: "release",
    JAR_FILE: "target/*.jar",
    GIT_SHA: "3f786850e387550fdab836ed7e6dc881de23001b",
    DB_PASSWORD: "release",
    OTHER: "ghp_16C7e42F292c6912E",
    ANYTHING: "3f786850e387550fdab836ed7e6dc881de23001c",
    LETTERS: "xKqWvTzRbNmLpQ",
  };
  const values = await valuesOf({ buildArgs: new Map(Object.entries(buildArgs)) });
  expect(values).toEqual({
    secrets: [],
    arguments: [
      "release",
      "ghp_16C7e42F292c6912E",
      "3f786850e387550fdab836ed7e6dc881de23001c",
      "xKqWvTzRbNmLpQ",
    ],
  });
});

test.each([
  [{ buildContexts: new Map([["x", "https://user:pass%21word@h/x.git"]]) }, ["pass%21word", "pass!word"]],
  [{ buildContexts: new Map([["x", "https://ghp_16C7e42F292c6912E@h/x.git"]]) }, ["ghp_16C7e42F292c6912E"]],
  [{ buildContexts: new Map([["x", "ssh://git@h/x.git"]]) }, []],
  [{ buildArgs: new Map([["PROXY", "http://user:pass-word@proxy:1"]]) }, ["pass-word"]],
  [{ buildArgs: new Map([["PROXY", "http://user:pass@word@proxy:1"]]) }, ["pass@word"]],
  [{ buildArgs: new Map([["PROXY", "http://:pass-word@proxy:1"]]) }, ["pass-word"]],
  [{ buildContexts: new Map([["x", "docker-image://ghcr.io/shop/auth:latest"]]) }, []],
  [
    { cacheFrom: ["type=s3,bucket=b,secret_access_key=wJalrXUtnFEMI"], cacheTo: ["type=gha,token=ghs_abc"] },
    ["wJalrXUtnFEMI", "ghs_abc"],
  ],
] as const)("credentials in references are confidential: %j", async (overrides, secrets) => {
  expect((await valuesOf(overrides)).secrets).toEqual(secrets);
});

test.each([
  ["machine api.invalid login me password hunter2", "hunter2"],
  ["machine api.invalid\n  login me\n  password hunter2\n", "hunter2"],
  ['DB_PASSWORD="hunter2"', "hunter2"],
  ["db_password = hunter2", "hunter2"],
  ["db:\n  password: hunter2\n", "hunter2"],
  ['{"client_secret": "hunter two"}', "hunter two"],
  ["<server><password>hunter2</password></server>", "hunter2"],
  ["token: true", null],
  ["token=$TOKEN", null],
] as const)("a secret with the text %j has the value %j", async (text, value) => {
  const { secrets } = await valuesOf({ secrets: new Map([["file", text]]) });
  expect(secrets).toEqual([text, ...(value === null ? [] : [value])]);
});

test("credentials in a Docker configuration are confidential, encoded or not", async () => {
  const auth = Buffer.from("user:hunter2-and-more").toString("base64");
  await using files = await workspace({
    config: JSON.stringify({ auths: { r: { auth, identitytoken: "of-identity" } } }),
  });
  const { secrets } = await valuesOf({ secretFiles: new Map([["docker", `${files.path}/config`]]) });
  expect(secrets.slice(1)).toEqual([auth, "hunter2-and-more", "of-identity"]);
});
