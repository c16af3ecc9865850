import { expect, test } from "vitest";
import { namesForBuild } from "../../../src/docker/build/environment.ts";
import { dockerEnvironment } from "../../../src/docker/engine/environment.ts";
import { definition } from "../../helpers/build-definition.ts";

test("passes what docker needs", () => {
  const env = {
    PATH: "/bin",
    HOME: "/root",
    DOCKER_HOST: "unix:///s",
    BUILDX_BUILDER: "b",
    https_proxy: "p",
    NO_PROXY: "n",
  };
  expect(dockerEnvironment(env)).toMatchObject(env);
});

test.each([
  "INPUT_TOKEN",
  "GITHUB_TOKEN",
  "GITHUB_EVENT_PATH",
  "GITHUB_OUTPUT",
  "ACTIONS_RUNTIME_TOKEN",
  "RUNNER_TEMP",
  "AWS_SECRET_ACCESS_KEY",
  "NODE_OPTIONS",
  "LD_PRELOAD",
  "path_proxy",
  "MY_DOCKER_TOKEN",
])("does not pass %s", (name) => {
  expect(dockerEnvironment({ [name]: "canary" })).not.toHaveProperty(name);
});

test("passes a secret's variable, whatever its name", () => {
  const env = { GITHUB_TOKEN: "a", NPM_TOKEN: "b", OTHER: "c" };
  expect(dockerEnvironment(env, ["GITHUB_TOKEN", "NPM_TOKEN", "UNSET"])).toEqual({
    GITHUB_TOKEN: "a",
    NPM_TOKEN: "b",
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
  });
});

test("requests messages in English, since we recognise them", () => {
  expect(dockerEnvironment({ LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" })).toEqual({
    LANG: "C.UTF-8",
    LC_ALL: "C.UTF-8",
  });
});

test("passes the variables of a build's secrets, and the runtime's token only for the gha cache", () => {
  const secretEnvs = new Map([["token", "NPM_TOKEN"]]);
  expect(namesForBuild(definition({ secretEnvs }))).toEqual(["NPM_TOKEN"]);
  expect(namesForBuild(definition({ cacheFrom: ["type=registry,ref=x/gha"] }))).toEqual([]);
  expect(namesForBuild(definition({ cacheFrom: ["type=gha,scope=a"] }))).toContain("ACTIONS_RUNTIME_TOKEN");
});
