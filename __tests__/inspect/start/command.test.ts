import { expect, test } from "vitest";
import { commandOf, type StartConfig, type StartOverrides } from "../../../src/inspect/start/command.ts";

test.for<[string, Partial<StartConfig>, StartOverrides, readonly string[]]>([
  ["joins both", { entrypoint: ["a", "b"], cmd: ["c"] }, {}, ["a", "b", "c"]],
  ["takes CMD alone", { cmd: ["c", "d"] }, {}, ["c", "d"]],
  ["takes ENTRYPOINT alone", { entrypoint: ["a"] }, {}, ["a"]],
  ["takes an empty ENTRYPOINT for none", { entrypoint: [""], cmd: ["c"] }, {}, ["c"]],
  ["keeps an empty word among others", { entrypoint: ["", "b"] }, {}, ["", "b"]],
  ["has nothing where there is neither", {}, {}, []],
  ["drops CMD with another entrypoint", { entrypoint: ["a"], cmd: ["c"] }, { entrypoint: "x" }, ["x"]],
  ["starts nothing with an empty one", { entrypoint: ["a"], cmd: ["c"] }, { entrypoint: "" }, []],
])("%s", ([, config, overrides, argv]) => {
  expect(commandOf(configOf(config), overrides).argv).toEqual(argv);
});

test("user and directory come from the config, unless they are overridden", () => {
  const config = configOf({ user: "app", workingDir: "/srv", cmd: ["x"] });
  expect(commandOf(config)).toMatchObject({ user: "app", directory: "/srv" });
  expect(commandOf(config, { user: "1", workdir: "/" })).toMatchObject({ user: "1", directory: "/" });
  expect(commandOf(configOf({}))).toMatchObject({ user: "", directory: "/" });
});

test("PATH is added, the last value of a name counts, and a name without a value is unset", () => {
  const envOf = (env: readonly string[]) => commandOf(configOf({ env })).env;
  expect(envOf(["A=1"])).toEqual([
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
    "A=1",
  ]);
  expect(envOf(["PATH=/a", "PATH=/b=c"])).toEqual(["PATH=/b=c"]);
  expect(envOf(["PATH"])).toEqual([]);
});

test.for<[Partial<StartConfig>, number]>([
  [{ cmd: ["/bin/sh", "-c", "x"] }, 2],
  [{ entrypoint: ["/bin/sh", "-c", "x"], cmd: ["y"] }, 2],
  [{ cmd: ["/bin/bash", "-o", "pipefail", "-c", "x"], shell: ["/bin/bash", "-o", "pipefail", "-c"] }, 4],
  [{ cmd: ["/bin/sh", "-c", "x"], shell: ["/bin/bash", "-c"] }, 2],
  [{ cmd: ["/bin/sh", "-c"] }, 0],
  [{ cmd: ["/bin/bash", "-c", "x"] }, 0],
  [{ cmd: ["x"], shell: [] }, 0],
])("%j has a shell of %i words", ([config, words]) => {
  expect(commandOf(configOf(config)).shellWords).toBe(words);
});

function configOf(config: Partial<StartConfig>): StartConfig {
  return { entrypoint: null, cmd: null, env: [], workingDir: null, user: null, ...config };
}
