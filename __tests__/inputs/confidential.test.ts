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
  ["a variable that holds it", {}, { DOCKER_AUTH_CONFIG: docker }],
  ["a .netrc", { ".netrc": `machine git.invalid\n  login user\n  password ${token}\n` }, {}],
  ["git's store of credentials", { ".git-credentials": `https://user:${token}@git.invalid\n` }, {}],
  ["git's configuration", { ".git/config": header }, {}],
  ["a variable that says so", {}, { RELEASE_TOKEN: token }],
  ["a proxy", {}, { HTTPS_PROXY: `http://user:${token}@proxy.invalid:1` }],
])("what %s logs in with is masked", async (_, files, env) => {
  await using home = await workspace(files);
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path, ...env }, home.path);
  expect(mask.text(`x ${token} y`)).toBe("x *** y");
});

test("what git's configuration includes is masked, too", async () => {
  await using temporary = await workspace({ "credentials.config": header });
  const include = `[includeIf "gitdir:/x/.git"]\n\tpath = ${temporary.path}/credentials.config\n`;
  await using home = await workspace({ ".git/config": include });
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path }, home.path);
  expect(mask.text(`x ${token} y`)).toBe("x *** y");
});

test("what is no configuration is looked through once, however long it is", async () => {
  // A search that begins anew at every hyphen would not end within the time of this test.
  await using home = await workspace({ ".netrc": "a-".repeat(250_000) });
  const { mask } = await secrecyOf(parseInputs(new Map()), { HOME: home.path }, home.path);
  expect(mask.text("a-a-a")).toBe("a-a-a");
});
