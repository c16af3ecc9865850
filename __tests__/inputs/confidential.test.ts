import { expect, test } from "vitest";
import { secrecyOf } from "../../src/inputs/confidential.ts";
import { parseInputs } from "../../src/inputs/inputs.ts";
import { workspace } from "../helpers/workspace.ts";

const token = "ghs_16C7e42F292c6912E";
const auth = Buffer.from(`user:${token}`).toString("base64");
const docker = `{"auths": {"registry.invalid": {"auth": "${auth}"}}}`;
const header = `[http "https://git.invalid/"]\n\textraheader = AUTHORIZATION: basic ${auth}\n`;

test.each<readonly [string, Readonly<Record<string, string>>, NodeJS.ProcessEnv]>([
  ["Docker's configuration", { ".docker/config.json": docker }, {}],
  ["a variable with Docker's configuration", {}, { DOCKER_AUTH_CONFIG: docker }],
  ["a .netrc", { ".netrc": `machine git.invalid\n  login user\n  password ${token}\n` }, {}],
  ["git's credential store", { ".git-credentials": `https://user:${token}@git.invalid\n` }, {}],
  ["git's configuration", { ".git/config": header }, {}],
  ["a variable named like a secret", {}, { RELEASE_TOKEN: token }],
  ["a proxy", {}, { HTTPS_PROXY: `http://user:${token}@proxy.invalid:1` }],
])("masks the credentials in %s", async (_, files, env) => {
  await using home = await workspace(files);
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path, ...env }, home.path);
  expect(mask.text(`x ${token} y`)).toBe("x *** y");
});

test("masks files included by git's configuration", async () => {
  await using temporary = await workspace({ "credentials.config": header });
  const include = `[includeIf "gitdir:/x/.git"]\n\tpath = ${temporary.path}/credentials.config\n`;
  await using home = await workspace({ ".git/config": include });
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path }, home.path);
  expect(mask.text(`x ${token} y`)).toBe("x *** y");
});

test("scans text that is not a configuration only once, however long it is", async () => {
  // A search that restarts at every hyphen would exceed the test's timeout.
  await using home = await workspace({ ".netrc": "a-".repeat(250_000) });
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path }, home.path);
  expect(mask.text("a-a-a")).toBe("a-a-a");
});
